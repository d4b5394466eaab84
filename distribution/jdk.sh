# Finds the JDK. Sourced by ./slipway and by the launchers of the archives, so that all of them choose the same one.

jdk_needed=25

# Sets jdk_version (25.0.1) and jdk_feature (25) for the JDK in folder $1. The release file tells it without starting a JVM.
read_jdk_version() {
  jdk_version= jdk_feature=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value; do
    [ "$jdk_key" = JAVA_VERSION ] || continue
    jdk_value=${jdk_value#\"}
    jdk_version=${jdk_value%\"*}
    jdk_feature=${jdk_version%%[!0-9]*}
    break
  done <"$1/release"
  [ -n "${jdk_feature:-}" ]
}

# Takes folder $1 as the JDK if it is new enough and has the program $2; else remembers what was found.
try_jdk() {
  read_jdk_version "$1" || return 1
  if [ "$jdk_feature" -ge "$jdk_needed" ] && [ -x "$1/bin/$2" ]; then
    jdk=$1
    return 0
  fi
  jdk_found="$jdk_found
  $1 (version $jdk_version)"
  return 1
}

# The folder of the JDK whose java is on PATH; empty when there is none.
jdk_on_path() {
  jdk_java=$(command -v java) || return 0
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || echo "$jdk_java")
  echo "${jdk_java%/bin/java}"
}

explain_missing_jdk() {
  cat >&2 <<EOF
slipway: no JDK $jdk_needed or newer was found. Looked at JAVA_HOME, PATH and the usual folders; found:${jdk_found:-
  no JDK at all}
Get Temurin $jdk_needed from https://adoptium.net/temurin/releases/?version=$jdk_needed, or with one of
  sdk install java 25-tem | brew install --cask temurin@25 | apt-get install temurin-25-jdk (packages.adoptium.net)
and set JAVA_HOME to its folder if it is not found by itself.
EOF
}

# Sets jdk to the folder of a JDK that has the program $1 (java when not given).
find_jdk() {
  jdk_found=
  [ -z "${JAVA_HOME:-}" ] || ! try_jdk "$JAVA_HOME" "${1:-java}" || return 0
  jdk_path=$(jdk_on_path)
  [ -z "$jdk_path" ] || ! try_jdk "$jdk_path" "${1:-java}" || return 0
  for jdk_folder in /usr/lib/jvm/* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    ! try_jdk "$jdk_folder" "${1:-java}" || return 0
  done
  explain_missing_jdk
  return 1
}
