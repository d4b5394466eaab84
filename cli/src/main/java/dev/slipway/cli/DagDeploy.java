package dev.slipway.cli;

import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.terminal.Streams;

/** The program {@code dag-deploy}: {@code slipway gitops deploy} for pipelines that know two outcomes. */
public final class DagDeploy {
    static final String NAME = "dag-deploy";

    private DagDeploy() {}

    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofThisProcess(), Streams.ofThisProcess(), arguments));
    }

    /** Runs it, and returns 0 or 1. */
    public static int run(Surroundings surroundings, Streams streams, String... arguments) {
        int code = SlipwayCli.run(NAME, Commands::dagDeploy, surroundings, streams, arguments);
        return code == ExitCode.SUCCEEDED.number() ? code : ExitCode.FAILED.number();
    }
}
