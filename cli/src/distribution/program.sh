# What bin/slipway starts. Sourced by the launcher.

# The most frequent question of scripts is answered without a JVM.
if [ $# = 1 ] && [ "${SLIPWAY_AOT:-on}" != train ]; then
  case $1 in
    --version | -V)
      for jar in "$home"/lib/slipway-cli-*.jar; do
        version=${jar##*/slipway-cli-}
        echo "${self##*/} ${version%.jar}"
        exit
      done
      ;;
  esac
fi

program=slipway-cli
main=dev.slipway.cli.SlipwayCli
# bin/dag-deploy is the launcher under another name. The cache is trained for both.
case ${self##*/}:${SLIPWAY_AOT:-on} in
  dag-deploy:train) ;;
  dag-deploy:*) main=dev.slipway.cli.DagDeploy ;;
esac
heap=96m
# The command line lives too short for the second compiler.
options=-XX:TieredStopAtLevel=1

# Reads what a stack writes about itself, asks a port where nothing listens, and prints a document: that loads what
# commands load, and touches nothing.
training() {
  stack=$(mktemp -d) || return 1
  printf '{"state":"ready","url":"http://127.0.0.1:1","tokenFile":"token","temporalAddress":"","temporalNamespace":"","temporalUi":"","processes":{"supervisor":%s}}' $$ >"$stack/stack.json"
  echo training >"$stack/token"
  SLIPWAY_URL='' SLIPWAY_TOKEN='' SLIPWAY_DATA=$stack "$@" status --json
  rm -rf "$stack"
}
