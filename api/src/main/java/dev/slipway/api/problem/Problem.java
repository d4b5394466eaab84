package dev.slipway.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
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
    static Problem of(FailureType type, String detail, @Nullable String field) {
        return of(ProblemType.of(type), detail, field);
    }

    private static Problem of(ProblemType type, String detail, @Nullable String field) {
        return new Problem(type.uri(), type.title(), type.status().value(), detail, field);
    }

    static Problem of(SlipwayException e) {
        return switch (e) {
            case UnprocessableException unprocessable ->
                of(ProblemType.unprocessable(e.type()), message(e), unprocessable.field());
            case InvalidInputException invalid -> of(e.type(), message(e), invalid.field());
            default -> of(e.type(), message(e), null);
        };
    }

    /** A problem that HTTP has a word for, and the catalogue of failures none. */
    static Problem of(HttpStatus status, String detail) {
        return of(ProblemType.of(status), detail, null);
    }

    /** Whether the same request may succeed a little later. */
    @JsonIgnore
    boolean passing() {
        return ProblemType.isTransient(status);
    }

    private static String message(SlipwayException e) {
        return String.valueOf(e.getMessage());
    }
}
