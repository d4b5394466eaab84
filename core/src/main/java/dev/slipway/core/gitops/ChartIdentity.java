package dev.slipway.core.gitops;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/** Name and version of a Helm chart. The version is one of Semantic Versioning 2.0.0, without a leading "v". */
public record ChartIdentity(String name, String version) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,248}[a-z0-9])?");
    // https://semver.org, "Is there a suggested regular expression"
    private static final Pattern VERSION =
            Pattern.compile("(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})"
                    + "(?:-((?:0|[1-9]\\d{0,17}|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d{0,17}|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                    + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");
    private static final int LONGEST_VERSION = 128;

    public ChartIdentity {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new InvalidInputException(
                    "chart",
                    "invalid chart name \"" + Names.shown(name) + "\": use lower-case letters, digits, - and .");
        }
        requireVersion("chart", version);
    }

    /** Returns {@code version}, or fails naming {@code field}. */
    public static String requireVersion(String field, String version) {
        if (version.length() > LONGEST_VERSION || !VERSION.matcher(version).matches()) {
            throw new InvalidInputException(
                    field,
                    "invalid chart version \"" + Names.shown(version)
                            + "\": expected a semantic version, for example 1.4.2 or 1.4.2-rc.1");
        }
        return version;
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
