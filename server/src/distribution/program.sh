# What bin/slipway-server starts: the server; with "up" and "demo" the standalone stack; with "health" a question to the
# server in the same container. Sourced by the launcher.

# "up --detach" and "demo" start "up" and wait for it.
case "${1:-} $*" in
  up*\ --detach* | up*\ --help* | demo*)
    program=slipway-standalone
    main=dev.slipway.server.standalone.StandaloneMain
    heap=64m
    options=-XX:TieredStopAtLevel=1
    ;;
  up*)
    program=slipway-stack
    main=dev.slipway.server.standalone.StandaloneMain
    heap=448m
    options="-Xms96m -XX:+ExitOnOutOfMemoryError -Dslipway.supervisor=$$"
    supervised=yes
    ;;
  health*)
    program=slipway-health
    main=dev.slipway.server.HealthQuestion
    heap=16m
    options=-XX:TieredStopAtLevel=1
    ;;
  *)
    program=slipway-server
    main=dev.slipway.server.ServerApplication
    heap=384m
    options=-Xms96m
    ;;
esac

training() {
  case $program in
    slipway-server) train_server "$@" ;;
    slipway-standalone) "$@" up --help ;;
    slipway-stack) train_stack "$@" ;;
    *) "$@" ;;
  esac
}

# Up to where it would begin to serve, with nothing around it: whoever trains it may have a database, or none.
train_server() {
  key=$aot.key
  echo AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= >"$key"
  SLIPWAY_ROLES=api,worker SLIPWAY_PAYLOAD_KEY_FILE=$key SLIPWAY_TOKEN_FILE=$key SLIPWAY_AGENT_TOKEN_FILE=$key \
    SLIPWAY_TEMPORAL_ADDRESS=127.0.0.1:1 SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:1/none \
    SPRING_DATA_JDBC_DIALECT=postgresql SPRING_FLYWAY_ENABLED=false \
    JDK_JAVA_OPTIONS=-Dspring.context.exit=onRefresh "$@"
  rm -f "$key"
}

# A whole stack, on ports where it is in nobody's way. Whoever has a Temporal of their own may have none here to train with.
train_stack() {
  [ -z "${SLIPWAY_TEMPORAL_ADDRESS:-}" ] || return 1
  data=$(mktemp -d) || return 1
  printf '{"state":"stopped","url":"http://127.0.0.1:28400","tokenFile":"","agentTokenFile":"","payloadKeyFile":"","temporalAddress":"127.0.0.1:27233","temporalNamespace":"","temporalUi":"http://127.0.0.1:28233","databaseUrl":"jdbc:postgresql://127.0.0.1:27432/slipway","processes":{}}' >"$data/stack.json"
  chmod 700 "$data"
  SLIPWAY_DATABASE_URL='' "$@" up --train --data "$data"
  rm -rf "$data"
}
