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

training() {
  "$@" --help
}
