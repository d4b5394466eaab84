# Makes the AOT cache of a program, by a training run that has nothing to do with the user's. Sourced by a launcher that
# is told to train: SLIPWAY_AOT=train.

# One training at a time on a machine, and none twice.
train() {
  mkdir -p "${aot%/*}"
  take_training_turn || return 0
  trap 'rm -rf "$lock"' EXIT
  aot_cache_fits || make_aot_cache
}

take_training_turn() {
  lock=${aot%/*}/training
  turns=0
  until mkdir "$lock" 2>/dev/null; do
    [ -z "$(find "$lock" -maxdepth 0 -mmin +20 2>/dev/null)" ] || rm -rf "$lock"
    turns=$((turns + 1))
    [ "$turns" -lt 1200 ] || return 1
    sleep 1
  done
}

make_aot_cache() {
  # Where the kernel shares the processor by session, nice alone is not enough.
  { echo 19 >/proc/self/autogroup; } 2>/dev/null || true
  new=$aot.$$
  # The folder that the program was started in may be gone before the training is over.
  cd "${aot%/*}"
  politely=
  ! command -v nice >/dev/null || politely="nice -n 19"
  # shellcheck disable=SC2086 # flags are words
  training $politely "$jdk/bin/java" $flags -XX:AOTCacheOutput="$new" -Dslipway.home="$home" \
    -cp "$classpath" "$main" >"$aot.log" 2>&1 &
  await_training $!
  rm -f "$new.config"
  if [ -s "$new" ]; then
    mv "$new" "$aot"
    rm -f "$aot.log" "$aot.failed"
  else
    touch "$aot.failed"
  fi
  # Caches of archives and JDKs that are gone.
  find "${aot%/*}" -maxdepth 1 -type f -mtime +30 -delete 2>/dev/null || true
}

# A program that does not end by itself has nothing to train with.
await_training() {
  seconds=0
  while kill -0 "$1" 2>/dev/null; do
    [ "$seconds" -lt 900 ] || kill -9 "$1"
    seconds=$((seconds + 1))
    sleep 1
  done
}
