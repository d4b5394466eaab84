package dev.slipway.activities.chart;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartLimits;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths of an archive: each one safe in a Git repository and on any file system, and no two that become one there. */
final class ChartPaths {
    private static final int LONGEST_SEGMENT = 255;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    // What Windows and macOS take for .git, and Git therefore refuses: a short name, a stream, dots and blanks behind
    // it.
    private static final Pattern GIT = Pattern.compile("(\\.git|git~\\d+)[ .]*(:.*)?", Pattern.DOTALL);
    private static final Pattern IGNORED_BY_MACOS =
            Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");
    private static final char UNREADABLE = '\uFFFD';

    private final ChartLimits limits;
    private final Map<String, String> spellings = new HashMap<>();
    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private @Nullable String top;

    ChartPaths(ChartLimits limits) {
        this.limits = limits;
    }

    /** The one folder of the archive. */
    String top() {
        if (top == null) {
            throw new SlipwayException(
                    FailureType.UNSAFE_ARCHIVE, "The archive is empty; package the chart with \"helm package\"");
        }
        return top;
    }

    /** Returns the path of the entry in the one folder, which is empty for the folder itself. */
    String add(String entry, boolean folder) {
        requireCharacters(entry);
        if (folder && entry.equals("./")) {
            return "";
        }
        String path = entry.startsWith("./") ? entry.substring(2) : entry;
        if (folder && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        List<String> segments = List.of(path.split("/", -1));
        segments.forEach(segment -> requireSegment(entry, segment));
        if (segments.size() > limits.depth()) {
            throw ChartArchive.tooLarge("folders more than " + limits.depth() + " deep");
        }
        requireBelowTop(entry, segments, folder);
        requireApart(entry, segments, folder);
        return String.join("/", segments.subList(1, segments.size()));
    }

    private void requireCharacters(String entry) {
        if (entry.length() > limits.pathLength()) {
            throw ChartArchive.unsafe(entry, "is longer than " + limits.pathLength() + " characters");
        }
        if (entry.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == UNREADABLE)) {
            throw ChartArchive.unsafe(entry, "has a control character, a backslash or no UTF-8 in its name");
        }
        if (entry.startsWith("/") || DRIVE.matcher(entry).matches()) {
            throw ChartArchive.unsafe(entry, "has an absolute path");
        }
    }

    private static void requireSegment(String entry, String segment) {
        if (segment.equals("..")) {
            throw ChartArchive.unsafe(entry, "leads out of the archive");
        }
        if (segment.isEmpty() || segment.equals(".")) {
            throw ChartArchive.unsafe(entry, "has an empty part in its path");
        }
        if (segment.length() > LONGEST_SEGMENT) {
            throw ChartArchive.unsafe(entry, "has a part of more than " + LONGEST_SEGMENT + " characters");
        }
        String plain = IGNORED_BY_MACOS.matcher(segment).replaceAll("").toLowerCase(Locale.ROOT);
        if (GIT.matcher(plain).matches()) {
            throw ChartArchive.unsafe(entry, "belongs to Git itself");
        }
    }

    private void requireBelowTop(String entry, List<String> segments, boolean folder) {
        if (top == null) {
            top = segments.getFirst();
        }
        if (!segments.getFirst().equals(top) || (segments.size() == 1 && !folder)) {
            throw ChartArchive.unsafe(entry, "is not in the one folder that a packaged chart has");
        }
    }

    private void requireApart(String entry, List<String> segments, boolean folder) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            path.append(i == 0 ? "" : "/").append(segments.get(i));
            boolean last = i == segments.size() - 1;
            String spelled = path.toString();
            String other = spellings.putIfAbsent(folded(spelled), spelled);
            if (other != null && !other.equals(spelled)) {
                throw ChartArchive.unsafe(entry, "differs from another one by case only");
            }
            boolean isFile = last && !folder;
            boolean clash = isFile ? folders.contains(spelled) || !files.add(spelled) : files.contains(spelled);
            if (clash) {
                throw ChartArchive.unsafe(entry, "is there twice, or as a file and as a folder");
            }
            if (!isFile) {
                folders.add(spelled);
            }
        }
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
