package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.core.failure.FailureType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Turns the API's problem documents (RFC 9457) into what a person is told, with what to do next. */
public final class Problem {
    private static final String TYPE = "urn:slipway:problem:";
    private static final int SHOWN = 200;

    private Problem() {}

    /** What to tell about an answer that is no success. */
    public static CommandException of(int status, String body) {
        JsonNode document = document(body);
        String said = document == null ? "" : Json.text(document, "detail");
        if (said.isEmpty() && document != null) {
            said = Json.text(document, "title");
        }
        Optional<FailureType> type = document == null ? Optional.empty() : type(Json.text(document, "type"));
        String message = said.isEmpty() ? unexplained(status, body) : Untrusted.line(withField(document, said));
        boolean notAuthorised = status == 401 || status == 403;
        return new CommandException(
                notAuthorised ? ExitCode.NOT_AUTHORISED : ExitCode.FAILED, message, hint(type.orElse(null), status));
    }

    private static @Nullable JsonNode document(String body) {
        try {
            JsonNode document = Json.parse(body);
            return document.isObject() ? document : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Optional<FailureType> type(String uri) {
        return Arrays.stream(FailureType.values())
                .filter(type -> uri.equals(TYPE + type.problemName()))
                .findFirst();
    }

    private static String withField(@Nullable JsonNode document, String said) {
        String field = document == null ? "" : Json.text(document, "field");
        return field.isEmpty() || said.contains(field) ? said : field + ": " + said;
    }

    private static String unexplained(int status, String body) {
        String shown = Untrusted.line(body.strip());
        String excerpt = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
        return "the server answered with status " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }

    private static @Nullable String hint(@Nullable FailureType type, int status) {
        if (status == 401) {
            return "unknown token; check SLIPWAY_TOKEN, or select the stack with --data DIR";
        }
        if (type == null) {
            return status == 404 || (status >= 300 && status < 400)
                    ? "check SLIPWAY_URL: is it a Slipway server?"
                    : null;
        }
        return switch (type) {
            case UNKNOWN_ENVIRONMENT -> "list them: slipway get environments";
            case UNKNOWN_RELEASE -> "list them: slipway get releases";
            case UNKNOWN_DEPLOYMENT -> "list them: slipway get deployments";
            case UNKNOWN_TARGET -> "list them: slipway get targets";
            case UNKNOWN_PROJECT -> "list them: slipway get projects";
            case NO_MATCHING_ENVIRONMENT -> "list them: slipway get environments --project NAME";
            case UNKNOWN_SECRET -> "list them: slipway secret list";
            case ENVIRONMENT_BUSY -> "list running ones: slipway get deployments";
            case NO_ROLLBACK_TARGET -> "deploy the release to run: slipway deploy NAME@VERSION --to ENVIRONMENT";
            case IDEMPOTENCY_KEY_REUSED -> "a key belongs to one request; use a new one";
            case TEMPORAL_UNAVAILABLE,
                    DATABASE_UNAVAILABLE,
                    REGISTRY_UNAVAILABLE,
                    PROVIDER_UNAVAILABLE,
                    GIT_UNAVAILABLE,
                    CLUSTER_UNAVAILABLE -> "usually transient; retry shortly";
            case FORBIDDEN -> "this needs the operator's token";
            default -> null;
        };
    }
}
