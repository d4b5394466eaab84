package dev.slipway.cli.release;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Timeout;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.CurrentProject;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Outcome.Wanted;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.ReleaseReference;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "deploy",
        description = "Deploy a release to an environment, and follow it until it ends.",
        footer = {
            "",
            "Examples:",
            "  slipway deploy web@v2 --to staging",
            "  slipway deploy web@v2 --to production --batch 25%% --on-failure stop",
            "  slipway deploy web@v2 --to staging --json --timeout 10m",
            "  ID=$(slipway deploy web@v2 --to staging --no-wait --quiet)"
        })
public final class DeployCommand implements Callable<Integer> {
    private static final String ROLLING = "rolling";
    private static final String ALL_AT_ONCE = "all-at-once";

    private final Invocation invocation;

    @Parameters(paramLabel = "NAME@VERSION", description = "The release.")
    private String release = "";

    @Option(
            names = "--to",
            paramLabel = "ENVIRONMENT",
            required = true,
            description = "Where to: NAME in the current project, or PROJECT/NAME.")
    private String environment = "";

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            description = "all-at-once (default), or rolling: batch after batch, each healthy before the next.")
    private @Nullable String strategy;

    @Option(
            names = "--batch",
            paramLabel = "N|N%",
            description = "Rolling: targets per batch (default: 1). Alone it means --strategy rolling.")
    private @Nullable String batch;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description = "rollback (default): restore changed targets; stop: hold the deployment until you decide.")
    private @Nullable String onFailure;

    @Option(names = "--force", description = "Also deploy to targets that already run the release.")
    private boolean force;

    @Option(names = "--no-wait", description = "Print the id of the deployment and do not wait.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description =
                    "Wait no longer than this, for example 90s or 10m; then exit with 3. The deployment continues.")
    private @Nullable Duration timeout;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "With the same key, a retry follows the same deployment instead of starting another one.")
    private @Nullable String idempotencyKey;

    public DeployCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ObjectNode body = request();
        if (noWait && timeout != null) {
            throw CommandException.usage("--timeout and --no-wait exclude each other", null);
        }
        String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        ApiClient api = ApiClient.of(invocation);
        Deployment deployment =
                Deployment.of(api.send(Call.post("/api/deployments", body).withIdempotencyKey(key)));
        return new Started(invocation, api).report(deployment, Wanted.DEPLOYED, !noWait, timeout);
    }

    private ObjectNode request() {
        ObjectNode body = Json.object();
        EnvironmentId to = checked(
                () -> EnvironmentId.parse("--to", CurrentProject.of(invocation).qualified(environment)));
        body.put(
                "release",
                checked(() -> ReleaseReference.parse(to.project(), release)).toString());
        body.put("environment", to.toString());
        String chosen = strategy == null ? (batch == null ? ALL_AT_ONCE : ROLLING) : strategy;
        requireOneOf("--strategy", chosen, ALL_AT_ONCE, ROLLING);
        body.put("strategy", chosen);
        if (batch != null) {
            if (!chosen.equals(ROLLING)) {
                throw CommandException.usage("--batch requires --strategy rolling", null);
            }
            String size = batch;
            body.put("batch", checked(() -> BatchSize.parse(size)).toString());
        }
        if (onFailure != null) {
            requireOneOf("--on-failure", onFailure, "rollback", "stop");
            body.put("onFailure", onFailure);
        }
        if (force) {
            body.put("force", true);
        }
        return body;
    }

    private static void requireOneOf(String option, String value, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            throw CommandException.usage(option + " is " + one + " or " + other + ", not \"" + value + "\"", null);
        }
    }

    private static <T> T checked(Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (InvalidInputException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), "slipway help deploy");
        }
    }
}
