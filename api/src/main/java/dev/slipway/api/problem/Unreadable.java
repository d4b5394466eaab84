package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.util.Collection;
import java.util.List;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says of a body that could not be read what is wrong with it, in the words of whoever wrote it. */
final class Unreadable {
    private Unreadable() {}

    static Problem problem(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException invalid) {
                return Problem.of(invalid);
            }
            if (cause instanceof SlipwayException refused) {
                return Problem.of(refused);
            }
        }
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown -> invalid(path(unknown), "unknown field; " + known(unknown));
            case DatabindException mismatch
            when !mismatch.getPath().isEmpty() -> invalid(path(mismatch), "is malformed");
            case StreamReadException malformed -> invalid("body", "invalid JSON" + where(malformed));
            case null, default -> invalid("body", "must be a JSON object");
        };
    }

    private static Problem invalid(String field, String problem) {
        return Problem.of(FailureType.INVALID_INPUT, field + ": " + problem, field);
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        List<String> names = known == null
                ? List.of()
                : known.stream().map(String::valueOf).sorted().toList();
        return "expected one of " + String.join(", ", names);
    }

    private static String path(DatabindException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Names.shown(name));
            }
        }
        return path.toString();
    }

    private static String where(StreamReadException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
