package dev.slipway.agent.state;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.FullDisk;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Failures of the file system in the words of the catalogue. */
public final class DiskFailures {
    private DiskFailures() {}

    /** What {@code thrown} means for whoever was {@code doing} something with {@code path}. */
    public static SlipwayException of(String doing, Path path, IOException thrown) {
        String what = "Could not " + doing + " " + path + ": ";
        if (FullDisk.isIn(thrown)) {
            return new SlipwayException(
                    FailureType.DISK_FULL, what + "the disk is full. Free space on the node, then retry.", thrown);
        }
        if (thrown instanceof AccessDeniedException) {
            return new SlipwayException(
                    FailureType.TARGET_IO,
                    what + "permission denied. Grant the agent's user \"" + System.getProperty("user.name")
                            + "\" write access, then retry.",
                    thrown);
        }
        return new SlipwayException(FailureType.TARGET_IO, what + reason(thrown) + ".", thrown);
    }

    private static String reason(IOException thrown) {
        if (thrown instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return thrown.getClass().getSimpleName() + " " + thrown.getMessage();
    }
}
