# What bin/slipway-server starts: the server, or with "up" and "demo" the standalone stack. Sourced by the launcher.

case "${1:-}" in
  up | demo)
    program=slipway-standalone
    main=dev.slipway.server.standalone.StandaloneMain
    heap=64m
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
  if [ "$program" = slipway-server ]; then
    JDK_JAVA_OPTIONS=-Dspring.context.exit=onRefresh "$@"
  else
    "$@" up --help
  fi
}
