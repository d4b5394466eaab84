package dev.slipway.core.failure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from what else can go wrong with a file. */
public final class FullDisk {
    private FullDisk() {}

    /** Whether {@code thrown} comes of a disk, or a quota, that is used up. Java has no type for it, only Linux's text. */
    public static boolean isIn(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            String text = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
