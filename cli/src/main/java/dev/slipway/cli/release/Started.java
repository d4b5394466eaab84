package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Following;
import dev.slipway.cli.timeline.Outcome.Wanted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What follows once a deployment was started: it is followed, or left to itself. */
final class Started {
    private final Invocation invocation;
    private final ApiClient api;

    Started(Invocation invocation, ApiClient api) {
        this.invocation = invocation;
        this.api = api;
    }

    int report(Deployment deployment, Wanted wanted, boolean wait, @Nullable Duration timeout) {
        if (wait) {
            return new Following(invocation, api, timeout).follow(deployment, wanted);
        }
        Terminal terminal = invocation.terminal();
        terminal.print(invocation.options().json() ? Json.pretty(deployment.document()) : deployment.id());
        terminal.note("started; follow it with: slipway watch " + deployment.id());
        return 0;
    }
}
