package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.timeline.DeploymentParameter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Orders to a deployment under way that the server answers at once: a line each. */
public enum Order {
    CANCEL(
            "Cancel a deployment: stop running steps and restore the targets that were changed.",
            "canceling",
            false,
            "A pushed chart stays in the IaC repository; slipway rollback reverts it.",
            "slipway cancel 01k3 --reason \"wrong version\""),
    PAUSE(
            "Pause a deployment: start no further target until it is resumed.",
            "paused",
            false,
            null,
            "slipway pause 01k3 --reason \"looking at web-1\""),
    RESUME("Resume a paused deployment.", "resumed", false, null, "slipway resume 01k3 --reason \"looks good\""),
    RETRY("Retry a failed target of a held deployment.", "retrying", true, null, "slipway retry 01k3 --target web-2"),
    SKIP(
            "Continue a held deployment without a target that failed.",
            "skipping",
            true,
            null,
            "slipway skip 01k3 --target web-2"),
    ABANDON(
            "Abandon a rollback that cannot finish; its targets stay as they are.",
            "abandoning the rollback",
            false,
            null,
            "slipway abandon 01k3 --reason \"node n3 is gone\"");

    private final String description;
    private final String done;
    private final boolean ofTarget;
    private final @Nullable String note;
    private final String example;

    Order(String description, String done, boolean ofTarget, @Nullable String note, String example) {
        this.description = description;
        this.done = done;
        this.ofTarget = ofTarget;
        this.note = note;
        this.example = example;
    }

    /** As it is typed, and the last part of its route. */
    public String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command that gives it. */
    public CommandLine commandLine(Invocation invocation) {
        return OrderCommand.commandLine(invocation, this);
    }

    String description() {
        return description;
    }

    /** What happens once it was accepted. */
    String done() {
        return done;
    }

    /** Whether it is about one target. */
    boolean ofTarget() {
        return ofTarget;
    }

    String[] footer() {
        return note == null
                ? new String[] {"", "Example:", "  " + example}
                : new String[] {"", note, "", "Example:", "  " + example};
    }

    /** A call that is obeyed once, however often it has to be sent until its answer arrives. */
    static Call call(String id, String verb, String field, @Nullable String value) {
        var body = Json.object();
        if (value != null) {
            body.put(field, value);
        }
        return Call.post(DeploymentParameter.path(id) + "/" + verb, body)
                .withIdempotencyKey(UUID.randomUUID().toString());
    }
}
