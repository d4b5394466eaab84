# What bin/slipway-agent starts. Sourced by the launcher.

program=slipway-agent
main=dev.slipway.agent.AgentMain
heap=128m
options=-XX:TieredStopAtLevel=1

# Looks for a control plane that is not there, for a while: that loads most of what it takes to talk to one.
training() {
  key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
  SLIPWAY_URL=http://127.0.0.1:1 SLIPWAY_AGENT_TOKEN=training SLIPWAY_TEMPORAL_ADDRESS=127.0.0.1:1 \
    SLIPWAY_PAYLOAD_KEY=$key "$@" --node training --state "$aot.state" &
  looking=$!
  sleep 10
  kill "$looking" || true
  wait "$looking" || true
  rm -rf "$aot.state"
}
