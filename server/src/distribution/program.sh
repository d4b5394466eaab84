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
    options=
    ;;
esac

# The server is trained with the settings of the one that is starting, up to where it would begin to serve.
training() {
  case $program in
    slipway-server) JDK_JAVA_OPTIONS=-Dspring.context.exit=onRefresh "$@" ;;
    slipway-standalone) "$@" up --help ;;
    *) "$@" ;;
  esac
}
