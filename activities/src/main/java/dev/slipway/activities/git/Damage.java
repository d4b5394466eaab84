package dev.slipway.activities.git;

import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.UnpackException;

/** Tells a clone that has lost something from a remote that does not answer. */
final class Damage {
    private Damage() {}

    static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case MissingObjectException _,
                        CorruptObjectException _,
                        PackInvalidException _,
                        PackMismatchException _,
                        RepositoryNotFoundException _,
                        ConfigInvalidException _,
                        UnpackException _,
                        LargeObjectException _ -> {
                    return true;
                }
                default -> {
                    // Its cause may tell.
                }
            }
        }
        return false;
    }
}
