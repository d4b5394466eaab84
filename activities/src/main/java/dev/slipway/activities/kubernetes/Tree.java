package dev.slipway.activities.kubernetes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of an object of the API server, read by path. What is not there, or is something else, reads as nothing. */
record Tree(@Nullable Object value) {
    Tree at(String... path) {
        Object at = value;
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return new Tree(at);
    }

    boolean exists(String... path) {
        return at(path).value != null;
    }

    Optional<String> text(String... path) {
        return Optional.ofNullable(at(path).value).map(Object::toString).filter(text -> !text.isEmpty());
    }

    /** Zero where it is not there, as the API server leaves zeros out. */
    long number(String... path) {
        return at(path).value instanceof Number number ? number.longValue() : 0;
    }

    boolean isTrue(String... path) {
        return Boolean.TRUE.equals(at(path).value);
    }

    Optional<Instant> time(String... path) {
        try {
            return text(path).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    List<Tree> items(String... path) {
        return at(path).value instanceof List<?> list
                ? list.stream().map(item -> new Tree(item)).toList()
                : List.of();
    }
}
