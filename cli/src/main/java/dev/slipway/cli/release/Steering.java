package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.DeploymentParameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells a deployment what a person wants of it. */
final class Steering {
    private final Invocation invocation;

    Steering(Invocation invocation) {
        this.invocation = invocation;
    }

    /** An order that says no more the second time: what it asks for is so already, or has ended. */
    static Call repeatable(String id, String verb, @Nullable String field, @Nullable String value) {
        return call(id, verb, field, value).asRepeatable();
    }

    /** An order that is obeyed once, however often it has to be sent until its answer arrives. */
    static Call once(String id, String verb, @Nullable String field, @Nullable String value) {
        return call(id, verb, field, value).withIdempotencyKey(UUID.randomUUID().toString());
    }

    /** As above, of a deployment by GitOps whose commit shall be taken back too. */
    static Call cancelAndRevert(String id, @Nullable String reason) {
        return call(id, "cancel", Json.object().put("revert", true), "reason", reason)
                .asRepeatable();
    }

    private static Call call(String id, String verb, @Nullable String field, @Nullable String value) {
        return call(id, verb, Json.object(), field, value);
    }

    private static Call call(String id, String verb, ObjectNode body, @Nullable String field, @Nullable String value) {
        if (field != null && value != null) {
            body.put(field, value);
        }
        return Call.post(DeploymentParameter.path(id) + "/" + verb, body);
    }

    /** Sends the call and tells that it was taken: {@code done} is what happens now. */
    int send(Call call, String done) {
        Deployment deployment = Deployment.of(ApiClient.of(invocation).send(call));
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(deployment.document()));
        } else {
            terminal.tell(Untrusted.line("deployment " + deployment.id() + ": " + done));
            terminal.note("follow it with: slipway watch " + deployment.id());
        }
        return 0;
    }
}
