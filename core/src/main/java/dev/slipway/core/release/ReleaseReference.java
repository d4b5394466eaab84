package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/** {@code name@version}. A version is a label; it has no order. */
public record ReleaseReference(String name, String version) {
    // "." and ".." would be folders, wherever a version names one.
    public static final String VERSION_PATTERN = "(?!\\.+$)[A-Za-z0-9._-]{1,128}";
    public static final String PATTERN = Names.PATTERN + "@" + VERSION_PATTERN;

    private static final Pattern VERSION = Pattern.compile(VERSION_PATTERN);

    public ReleaseReference {
        Names.requireName("release", name);
        if (!VERSION.matcher(version).matches()) {
            throw new InvalidInputException(
                    "version",
                    "invalid version \"" + Names.shown(version)
                            + "\": use letters, digits, dots, dashes and underscores");
        }
    }

    /** Reads {@code name@version}, or fails naming the field {@code release}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseReference parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new InvalidInputException(
                    "release",
                    "invalid release \"" + Names.shown(text) + "\": expected NAME@VERSION, for example web@v1");
        }
        return new ReleaseReference(text.substring(0, at), text.substring(at + 1));
    }

    @JsonValue
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
