# What bin/slipway starts. Sourced by the launcher.

program=slipway-cli
main=dev.slipway.cli.SlipwayCli
heap=96m
# The command line lives too short for the second compiler.
options=-XX:TieredStopAtLevel=1

# A request to a port where nothing listens: loads what commands load, and touches nothing.
training() {
  SLIPWAY_URL=http://127.0.0.1:1 SLIPWAY_TOKEN=training "$@" get environments
}
