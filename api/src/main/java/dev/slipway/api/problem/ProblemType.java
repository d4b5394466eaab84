package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The type of a problem document, with the status that it comes with. Its name is on the wire, and never changes. */
public record ProblemType(String name, HttpStatus status) {
    private static final String PREFIX = "urn:slipway:problem:";

    public static ProblemType of(FailureType type) {
        return new ProblemType(type.problemName(), status(type));
    }

    /** For a status of HTTP for which the catalogue of failures has no type. */
    public static ProblemType of(HttpStatus status) {
        String name = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        return new ProblemType(name, status);
    }

    /** Input that is well formed, and whose values cannot be accepted. */
    public static ProblemType unprocessable(FailureType type) {
        return new ProblemType(type.problemName(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    public String uri() {
        return PREFIX + name;
    }

    public String title() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
    }

    /** Whether the same request may succeed a little later: the answer has a {@code Retry-After}. */
    public boolean isTransient() {
        return isTransient(status.value());
    }

    static boolean isTransient(int status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value() || status == HttpStatus.TOO_MANY_REQUESTS.value();
    }

    private static HttpStatus status(FailureType type) {
        return switch (type) {
            case INVALID_INPUT -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case UNKNOWN_ENVIRONMENT,
                    UNKNOWN_RELEASE,
                    UNKNOWN_DEPLOYMENT,
                    UNKNOWN_TARGET,
                    UNKNOWN_ARTIFACT,
                    UNKNOWN_PROJECT,
                    UNKNOWN_SECRET -> HttpStatus.NOT_FOUND;
            case RELEASE_EXISTS, ENVIRONMENT_BUSY, NOT_POSSIBLE_NOW, NO_ROLLBACK_TARGET -> HttpStatus.CONFLICT;
            case ARCHIVE_TOO_LARGE, TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case MISSING_COMPONENT,
                    UNSAFE_ARCHIVE,
                    DIGEST_MISMATCH,
                    IMAGE_NOT_FOUND,
                    REGISTRY_REFUSED,
                    IDEMPOTENCY_KEY_REUSED,
                    NO_MATCHING_ENVIRONMENT,
                    INVALID_CHART,
                    ADDRESS_NOT_ALLOWED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TEMPORAL_UNAVAILABLE,
                    DATABASE_UNAVAILABLE,
                    REGISTRY_UNAVAILABLE,
                    ARTIFACT_UNAVAILABLE,
                    PROVIDER_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case DISK_FULL -> HttpStatus.INSUFFICIENT_STORAGE;
            // What befalls targets is told in a deployment's story, never as the answer to a request.
            case NO_AGENT_AVAILABLE,
                    AGENT_LOST,
                    STEP_TIMED_OUT,
                    FENCED,
                    COMMAND_NOT_STARTED,
                    DOCKER_UNAVAILABLE,
                    DOCKER_REFUSED,
                    TARGET_IO,
                    UNHEALTHY,
                    PREVIOUS_RELEASE_GONE,
                    TARGETS_HELD,
                    RESTORATION_GIVEN_UP,
                    SECRET_UNREADABLE,
                    GIT_UNAVAILABLE,
                    GIT_REFUSED,
                    INVALID_SIGNING_KEY,
                    PUSH_REJECTED,
                    CLUSTER_UNAVAILABLE,
                    CLUSTER_REFUSED,
                    RECONCILIATION_FAILED,
                    RECONCILIATION_TIMED_OUT,
                    WAITED_TOO_LONG,
                    PAYLOAD_UNREADABLE,
                    TERMINATED,
                    INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
