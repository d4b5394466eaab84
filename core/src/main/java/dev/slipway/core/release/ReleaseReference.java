package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/**
 * {@code name@version} of the project {@code default}, {@code project/name@version} of every other. A version is a label; it
 * has no order.
 */
public record ReleaseReference(String project, String name, String version) {
    // "." and ".." would be folders, wherever a version names one.
    public static final String VERSION_PATTERN = "(?!\\.+$)[A-Za-z0-9._-]{1,128}";
    public static final String PATTERN = "(" + Names.PATTERN + "/)?" + Names.PATTERN + "@" + VERSION_PATTERN;

    private static final Pattern VERSION = Pattern.compile(VERSION_PATTERN);

    public ReleaseReference {
        Names.requireName("project", project);
        Names.requireName("release", name);
        if (!VERSION.matcher(version).matches()) {
            throw new InvalidInputException(
                    "version",
                    "invalid version \"" + Names.shown(version)
                            + "\": use letters, digits, dots, dashes and underscores");
        }
    }

    /** Reads {@code name@version} or {@code project/name@version}, or fails naming the field {@code release}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseReference parse(String text) {
        return parse(EnvironmentId.DEFAULT_PROJECT, text);
    }

    /** Reads {@code name@version} as a release of {@code project}, or {@code project/name@version} of any. */
    public static ReleaseReference parse(String project, String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new InvalidInputException(
                    "release",
                    "invalid release \"" + Names.shown(text) + "\": expected NAME@VERSION, for example web@v1");
        }
        String name = text.substring(0, at);
        int slash = name.indexOf('/');
        return new ReleaseReference(
                slash < 0 ? project : name.substring(0, slash), name.substring(slash + 1), text.substring(at + 1));
    }

    @JsonValue
    @Override
    public String toString() {
        return qualifiedName() + "@" + version;
    }
    /** The name alone in the project {@code default}, else {@code project/name}. */
    public String qualifiedName() {
        return EnvironmentId.plain(project + "/" + name);
    }
}
