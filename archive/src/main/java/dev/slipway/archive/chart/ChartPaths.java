package dev.slipway.archive.chart;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths of a chart: all in one folder, safe in a Git repository, and no two that become one on any file system. */
final class ChartPaths {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    // What Windows and macOS take for .git, and Git therefore refuses: a short name, a stream, dots and blanks behind
    // it.
    private static final Pattern GIT = Pattern.compile("(\\.git|git~\\d+)[ .]*(:.*)?", Pattern.DOTALL);
    private static final Pattern IGNORED_BY_MACOS =
            Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    private final Set<String> folded = new HashSet<>();
    private @Nullable String top;

    /** The one folder of the archive. */
    String top() {
        if (top == null) {
            throw new SlipwayException(
                    FailureType.UNSAFE_ARCHIVE, "The archive is empty. Package the chart with \"helm package\".");
        }
        return top;
    }

    /** Fails where the name is not the plain path that everybody else reads in it. */
    void requirePlain(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        List<String> segments = List.of(path.split("/", -1));
        // A folder may end in a slash.
        List<String> inner = segments.subList(Math.min(1, segments.size() - 1), segments.size() - 1);
        if (inner.stream().anyMatch(String::isEmpty)
                || segments.stream().skip(1).anyMatch("."::equals)) {
            throw unsafe(name, "has an empty part in its path");
        }
    }

    /** Returns the path in the one folder, which is empty for the folder itself. */
    String add(String path, boolean folder) {
        List<String> segments = List.of(path.split("/", -1));
        requireNoneOfGit(path, segments.getLast());
        if (top == null) {
            top = segments.getFirst();
        }
        if (!segments.getFirst().equals(top) || (segments.size() == 1 && !folder)) {
            throw unsafe(path, "is outside the chart's folder; a packaged chart has exactly one");
        }
        if (!folded.add(folded(path))) {
            throw unsafe(path, "differs from another entry by case only");
        }
        return String.join("/", segments.subList(1, segments.size()));
    }

    private static void requireNoneOfGit(String path, String segment) {
        if (DRIVE.matcher(path).matches()) {
            throw unsafe(path, "has an absolute path");
        }
        String plain = IGNORED_BY_MACOS.matcher(segment).replaceAll("").toLowerCase(Locale.ROOT);
        if (GIT.matcher(plain).matches()) {
            throw unsafe(path, "belongs to Git itself");
        }
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    static SlipwayException unsafe(String entry, String problem) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE,
                "Archive entry \"" + Names.shown(entry) + "\" " + problem
                        + ". Package the chart with \"helm package\", without it.");
    }
}
