# What bin/slipway-agent starts. Sourced by the launcher.

program=slipway-agent
main=dev.slipway.agent.AgentMain
heap=128m
options=-XX:TieredStopAtLevel=1

training() {
  "$@" --help
}
