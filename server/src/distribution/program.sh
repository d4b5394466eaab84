# What bin/slipway-server starts: the server; with "up" and "demo" the standalone stack; with "health" a question to the
# server in the same container. Sourced by the launcher.

case "${1:-}" in
  up | demo)
    program=slipway-standalone
    main=dev.slipway.server.standalone.StandaloneMain
    heap=64m
    options=-XX:TieredStopAtLevel=1
    ;;
  health)
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
