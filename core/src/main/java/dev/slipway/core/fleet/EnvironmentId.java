package dev.slipway.core.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;

/**
 * Which environment is meant, among those of all projects: {@code shop/production}; of the project {@code default} the
 * name alone, {@code staging}. It is the key of its rows, of its lock and of what is searched for.
 */
public record EnvironmentId(String project, String name) {
    public static final String PATTERN = "(" + Names.PATTERN + "/)?" + Names.PATTERN;

    /** The project that is always there. */
    public static final String DEFAULT_PROJECT = "default";

    public EnvironmentId {
        Names.requireName("project", project);
        Names.requireName("environment", name);
    }

    /** Reads {@code name} or {@code project/name}, or fails naming {@code field}. */
    public static EnvironmentId parse(String field, String text) {
        int slash = text.indexOf('/');
        try {
            return slash < 0
                    ? new EnvironmentId(DEFAULT_PROJECT, text)
                    : new EnvironmentId(text.substring(0, slash), text.substring(slash + 1));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(field, e.problem());
        }
    }

    /** {@code text} as {@link #toString()} writes it, whether there is such an environment or not. */
    public static String plain(String text) {
        String prefix = DEFAULT_PROJECT + "/";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    /** The project of an environment that {@link #toString()} has written. */
    public static String projectOf(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? DEFAULT_PROJECT : id.substring(0, slash);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EnvironmentId fromJson(String text) {
        return parse("environment", text);
    }

    @Override
    @JsonValue
    public String toString() {
        return project.equals(DEFAULT_PROJECT) ? name : project + "/" + name;
    }
}
