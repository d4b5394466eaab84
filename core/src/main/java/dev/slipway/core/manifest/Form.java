package dev.slipway.core.manifest;

import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Memory;
import dev.slipway.core.input.Names;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a single value is written. */
public enum Form {
    /** What the Java type of the component says. */
    OF_TYPE("", null),
    TEXT("text", null),
    NAME("name", Names.PATTERN),
    /** The name of a stored secret, never its value. */
    SECRET("name of a stored secret", Names.PATTERN),
    URL("URL", null),
    INTEGER("whole number", null),
    DECIMAL("number", null),
    FLAG("`true`, `false`", null),
    DURATION("duration", Durations.PATTERN),
    /** Bytes. */
    SIZE("bytes, or `Ki`, `Mi`, `Gi`", Memory.PATTERN),
    REPOSITORY("repository URL", null);

    private final String words;
    private final @Nullable String pattern;

    Form(String words, @Nullable String pattern) {
        this.words = words;
        this.pattern = pattern;
    }

    /** The kind of value, for a table. */
    public String words() {
        return words;
    }

    /** The regular expression of every value of this form; null where there is none. */
    public @Nullable String pattern() {
        return pattern;
    }

    static Form of(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return INTEGER;
        }
        if (type == double.class || type == Double.class) {
            return DECIMAL;
        }
        if (type == boolean.class) {
            return FLAG;
        }
        if (type == Duration.class) {
            return DURATION;
        }
        return type == URI.class ? URL : TEXT;
    }
}
