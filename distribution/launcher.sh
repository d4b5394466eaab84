#!/bin/sh
# Starts the program of this archive; lib/program.sh says which one. Works from any folder and through links.
set -eu

self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
home=$(cd "${self%/*}/.." && pwd -P)

# The jars by name, and not lib/*: the order has to be the same each time, or the AOT cache does not fit.
join_classpath() {
  classpath=
  for jar in "$home"/lib/*.jar; do
    classpath=$classpath${classpath:+:}$jar
  done
}

# Sets aot to the file of this program's AOT cache: one for each JDK, and for each place the archive is unpacked to.
locate_aot_cache() {
  aot=
  [ "${SLIPWAY_AOT:-on}" != off ] && [ -n "${SLIPWAY_CACHE:-${HOME:-}}" ] || return 0
  IFS=/
  # shellcheck disable=SC2086 # split at the slashes, to make one file name of the path
  set -f && set -- $home && set +f
  IFS=-
  aot=${SLIPWAY_CACHE:-$HOME/.cache/slipway}/aot/$program-jdk$jdk_version$*.aot
  unset IFS
}

# The JVM compares jars by size and time only, and one that refuses a cache starts slower than one without.
aot_cache_fits() {
  [ -s "$aot" ] || return 1
  for part in "$home"/bin "$home"/lib/*.jar "$jdk/release"; do
    [ "$aot" -nt "$part" ] || return 1
  done
}

# When training failed, a second try is worth it only with another build, or after half a day.
aot_cache_is_wanted() {
  [ -z "$(find "$aot.failed" -mmin -720 -newer "$home/bin" 2>/dev/null)" ]
}

. "$home/lib/jdk.sh"
find_jdk || exit 1
. "$home/lib/program.sh"
join_classpath

# Without -Xms, the JVM would begin with a 64th of the memory of the machine.
flags="-XX:+UseSerialGC -Xms16m -Xmx$heap --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $options"
locate_aot_cache
if [ -n "$aot" ] && [ "${SLIPWAY_AOT:-on}" = train ]; then
  . "$home/lib/aot.sh"
  train
  exit
elif [ -n "$aot" ] && aot_cache_fits; then
  # By default the JVM moves the cache to a random address, and so writes to every page of it.
  flags="$flags -XX:AOTCache=$aot -Xlog:aot*=off -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
elif [ -n "$aot" ] && [ "${SLIPWAY_AOT:-on}" = on ] && aot_cache_is_wanted; then
  # In a session of its own, if that can be had: it must not share a terminal or a processor with the program.
  # And it must not be a child, which nobody would wait for.
  (SLIPWAY_AOT=train $(command -v setsid) "$self" "$@" </dev/null >/dev/null 2>&1 &)
fi

# shellcheck disable=SC2086 # flags are words
set -- "$jdk/bin/java" $flags ${SLIPWAY_JVM_OPTIONS:-} -Dslipway.home="$home" -cp "$classpath" "$main" "$@"
if [ -n "${supervised:-}" ]; then
  . "$home/lib/supervise.sh"
  supervise "$@"
fi
exec "$@"
