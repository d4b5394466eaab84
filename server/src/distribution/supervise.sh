# Runs the standalone stack and starts it again when it is killed. Sourced by the launcher. What the stack runs beside
# itself goes on meanwhile, and the next one takes it up.

supervise() {
  asked=
  trap 'end_with 129' HUP
  trap 'end_with 130' INT
  trap 'end_with 143' TERM
  stack=${SLIPWAY_SUPERVISED:-}
  if [ -n "$stack" ]; then
    await_stranger
  fi
  while :; do
    "$@" &
    stack=$!
    code=0
    wait "$stack" || code=$?
    # A signal ends the wait, and not the stack.
    while kill -0 "$stack" 2>/dev/null; do
      wait "$stack" || code=$?
    done
    [ -z "$asked" ] || exit "$asked"
    case $code in
      # Killed, crashed, or out of memory (ExitOnOutOfMemoryError).
      137 | 134 | 139 | 3) echo "The server ended with exit code $code; starting it again." >&2 ;;
      *) exit "$code" ;;
    esac
    sleep 0.2
  done
}

end_with() {
  asked=$1
  kill -TERM "$stack" 2>/dev/null || true
}

# The stack that the supervisor before this one has started, and that outlived it.
await_stranger() {
  while kill -0 "$stack" 2>/dev/null; do
    sleep 1
  done
  ! grep -q '"stopped"' "$SLIPWAY_STACK_FILE" || exit 0
  unset SLIPWAY_SUPERVISED SLIPWAY_STACK_FILE
}
