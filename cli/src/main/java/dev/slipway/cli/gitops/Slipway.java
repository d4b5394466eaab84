package dev.slipway.cli.gitops;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Connection;
import dev.slipway.cli.connection.ConnectionFinder;
import dev.slipway.cli.connection.Retries;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Deployment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Slipway that deploys for a CI job. The job's own token is what opens it; no other is needed. */
final class Slipway {
    // A pipeline would rather wait for a restart of the server than fail.
    private static final Duration PATIENCE_IN_CI = Duration.ofMinutes(2);
    private static final String FOLLOW_TOKEN = "followToken";

    private final Terminal terminal;
    private final Connection connection;
    private final boolean inCi;

    private Slipway(Terminal terminal, Connection connection, boolean inCi) {
        this.terminal = terminal;
        this.connection = connection;
        this.inCi = inCi;
    }

    static Slipway find(Invocation invocation, CiSystem system) {
        boolean inCi = system != CiSystem.NONE;
        Connection connection = address(invocation, inCi);
        Terminal terminal = invocation.terminal();
        if (connection.url().getScheme().equalsIgnoreCase("http") && !connection.isHere()) {
            terminal.note("warning: " + connection.url() + " is not https: the job's token is sent unencrypted");
        }
        return new Slipway(terminal, connection, inCi);
    }

    private static Connection address(Invocation invocation, boolean inCi) {
        try {
            return new ConnectionFinder(invocation).findAddress();
        } catch (CommandException e) {
            throw !inCi
                    ? e
                    : new CommandException(
                            e.exitCode(),
                            e.text(),
                            "set SLIPWAY_URL to the address of Slipway, in a variable of the project or of the job",
                            e);
        }
    }

    /** Sends the request until there is an answer to it. */
    Submitted deploy(DeployRequest request) {
        ObjectNode answer = object(send(request));
        String followToken = Json.textOrNull(answer, FOLLOW_TOKEN);
        // It is no part of what is told about the deployment.
        answer.remove(FOLLOW_TOKEN);
        if (followToken != null) {
            terminal.conceal(followToken);
        }
        String token = followToken == null ? connection.token() : followToken;
        Deployment deployment = Deployment.of(answer);
        if (deployment.id().isEmpty()) {
            throw CommandException.failed(notSlipway(), "check SLIPWAY_URL");
        }
        return new Submitted(deployment, follower(token));
    }

    private ApiClient follower(@Nullable String token) {
        return new ApiClient(new Connection(connection.url(), token, connection.stack()));
    }

    private JsonNode send(DeployRequest request) {
        ApiClient api = new ApiClient(connection);
        String waits = "still waiting for a response from " + connection.url();
        try (SignOfLife _ = SignOfLife.of(terminal, waits, SignOfLife.USUAL)) {
            return inCi ? api.send(request.call(), Retries.lasting(PATIENCE_IN_CI)) : api.send(request.call());
        } catch (CommandException e) {
            throw e.exitCode() == ExitCode.NOT_AUTHORISED
                    ? new CommandException(
                            e.exitCode(),
                            e.text(),
                            "the job must be running, and in the repository of the app: " + request.repository(),
                            e)
                    : e;
        }
    }

    private ObjectNode object(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            return object;
        }
        throw CommandException.failed(notSlipway(), "check SLIPWAY_URL");
    }

    private String notSlipway() {
        return connection.url() + " is not a Slipway server";
    }
}
