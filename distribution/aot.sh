# Makes the AOT cache of a program, by a training run that has nothing to do with the user's. Sourced by a launcher.

# A second try is worth it only when something changed: jars, JDK, or half a day.
train_in_background() {
  [ -z "$(find "$aot.failed" -mmin -720 2>/dev/null)" ] || return 0
  mkdir -p "${aot%/*}" 2>/dev/null || return 0
  # Whoever started the program must not wait for the training: it holds none of its streams and ignores its terminal.
  (trap '' HUP INT && exec </dev/null >/dev/null 2>&1 && train_once) &
}

# One training at a time on a machine, and none twice.
train_once() {
  # Where the kernel shares the processor by session, nice alone is not enough.
  echo 19 >/proc/self/autogroup || true
  take_training_turn || return 0
  trap 'rm -rf "$lock"' EXIT
  aot_cache_fits || train
}

take_training_turn() {
  lock=${aot%/*}/training
  turns=0
  until mkdir "$lock"; do
    [ -z "$(find "$lock" -maxdepth 0 -mmin +5)" ] || rm -rf "$lock"
    turns=$((turns + 1))
    [ "$turns" -lt 300 ] || return 1
    sleep 1
  done
}

train() {
  new=$aot.$$
  # shellcheck disable=SC2086 # flags and arguments are words
  training nice -n 19 "$jdk/bin/java" $flags -XX:AOTCacheOutput="$new" -Dslipway.home="$home" \
    -cp "$classpath" "$main" >"$aot.log" 2>&1 || true
  if [ -s "$new" ]; then
    mv "$new" "$aot" && rm -f "$aot.log" "$aot.failed"
  else
    rm -f "$new" && touch "$aot.failed"
  fi
}
