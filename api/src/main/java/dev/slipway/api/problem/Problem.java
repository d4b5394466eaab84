package dev.slipway.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A problem document as in RFC 9457. {@code field} is the path of the part of the input that is at fault. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {
    private static final String PREFIX = "urn:slipway:problem:";

    static Problem of(FailureType type, String detail, @Nullable String field) {
        return of(status(type), type, detail, field);
    }

    static Problem of(HttpStatus status, FailureType type, String detail, @Nullable String field) {
        return new Problem(PREFIX + type.problemName(), title(type.problemName()), status.value(), detail, field);
    }

    static Problem of(SlipwayException e) {
        return switch (e) {
            case UnprocessableException unprocessable ->
                of(HttpStatus.UNPROCESSABLE_CONTENT, e.type(), message(e), unprocessable.field());
            case InvalidInputException invalid -> of(e.type(), message(e), invalid.field());
            default -> of(e.type(), message(e), null);
        };
    }

    /** A problem that HTTP has a word for, and the catalogue of failures none. */
    static Problem of(HttpStatus status, String detail) {
        String name = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        return new Problem(PREFIX + name, title(name), status.value(), detail, null);
    }

    /** Whether the same request may succeed a little later. */
    @JsonIgnore
    boolean passing() {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value() || status == HttpStatus.TOO_MANY_REQUESTS.value();
    }

    private static String message(SlipwayException e) {
        return String.valueOf(e.getMessage());
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
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
                    UNKNOWN_APP,
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
                    TERMINATED,
                    INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
