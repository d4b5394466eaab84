package dev.slipway.activities.git;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;

/** A path in a repository that is a path on every system: no "..", no ".git" in any spelling. */
record RepositoryPath(List<String> segments) {
    private static final ObjectChecker CHECKER =
            new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);

    static RepositoryPath parse(String path) {
        try {
            CHECKER.checkPath(path);
        } catch (CorruptObjectException e) {
            throw new InvalidInputException("path", "invalid path in a repository \"" + Names.shown(path) + "\"");
        }
        return new RepositoryPath(List.of(path.split("/", -1)));
    }

    byte[] first() {
        return segments.getFirst().getBytes(StandardCharsets.UTF_8);
    }

    boolean isLast() {
        return segments.size() == 1;
    }

    RepositoryPath rest() {
        return new RepositoryPath(segments.subList(1, segments.size()));
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }

    static byte[] bytes(String name) {
        return Constants.encode(name);
    }
}
