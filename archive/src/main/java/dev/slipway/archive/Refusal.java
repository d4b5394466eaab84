package dev.slipway.archive;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import org.jspecify.annotations.Nullable;

/** Why an archive is not unpacked. */
final class Refusal {
    private Refusal() {}

    static SlipwayException unsafe(String entry, String problem) {
        return unsafe(entry, problem, "Repackage the archive without it.");
    }

    static SlipwayException unsafe(String entry, String problem, String hint) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE, "Archive entry \"" + Names.shown(entry) + "\" " + problem + ". " + hint);
    }

    static SlipwayException notUtf8(String entry) {
        return unsafe(
                entry, "has a name that is not valid UTF-8", "Rename it, or repackage the archive with UTF-8 names.");
    }

    static SlipwayException malformed(String problem) {
        return malformed(problem, null);
    }

    static SlipwayException malformed(String problem, @Nullable Throwable cause) {
        return new SlipwayException(FailureType.UNSAFE_ARCHIVE, problem + ". Repackage it.", cause);
    }

    static SlipwayException tooLarge(String problem, String hint) {
        return new SlipwayException(FailureType.ARCHIVE_TOO_LARGE, "The archive " + problem + ". " + hint);
    }
}
