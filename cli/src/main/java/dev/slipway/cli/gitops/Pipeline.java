package dev.slipway.cli.gitops;

import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Following;
import dev.slipway.cli.timeline.Following.Followed;
import dev.slipway.cli.timeline.Outcome.Wanted;
import java.time.Duration;
import java.time.InstantSource;

/** Tells a pipeline what becomes of its deployment. */
final class Pipeline {

    private final Invocation invocation;
    private final Submitted submitted;
    private final CiLog log;
    private final JobSummary summary;

    Pipeline(Invocation invocation, CiSystem system, Submitted submitted) {
        this.invocation = invocation;
        this.submitted = submitted;
        Terminal terminal = invocation.terminal();
        log = invocation.options().json() ? CiLog.plain(terminal) : new CiLog(terminal, system, InstantSource.system());
        summary = new JobSummary(invocation);
    }

    /** Follows the deployment, or leaves it to itself, and returns the exit code. */
    int report(String version, boolean wait, Duration timeout) {
        summary.begin(submitted.deployment(), version);
        return wait ? follow(timeout) : leave();
    }

    private int follow(Duration timeout) {
        Following following = new Following(invocation, submitted.api(), timeout);
        Followed followed;
        try (CiLog.Section _ = log.section("slipway", submitted.deployment().title())) {
            followed = following.await(submitted.deployment(), Wanted.DEPLOYED);
        }
        summary.end(followed);
        if (followed.outcome().code() != ExitCode.SUCCEEDED) {
            log.error(followed.outcome().sentence());
        }
        return following.report(followed);
    }

    private int leave() {
        Terminal terminal = invocation.terminal();
        Deployment deployment = submitted.deployment();
        terminal.print(invocation.options().json() ? Json.pretty(deployment.document()) : deployment.id());
        terminal.note("started; follow it with: slipway watch " + deployment.id());
        return 0;
    }
}
