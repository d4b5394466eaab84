package dev.slipway.cli.artifact;

import dev.slipway.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;

/** Shows how far an upload is: on a screen in place, elsewhere a line now and then. */
public final class UploadProgress {
    private static final long BETWEEN_LINES = Duration.ofSeconds(25).toNanos();
    private static final double MIB = 1 << 20;

    private final Terminal terminal;
    private final String component;
    private long lastLine = System.nanoTime();
    private boolean drawn;
    private boolean there;

    public UploadProgress(Terminal terminal, String component) {
        this.terminal = terminal;
        this.component = component;
    }

    void begins(long offset, long size) {
        there = offset >= size;
        if (there) {
            return;
        }
        if (offset > 0) {
            terminal.note(component + ": resuming at " + mebibytes(offset) + " of " + mebibytes(size));
        }
        at(offset, size);
    }

    void at(long offset, long size) {
        String text =
                component + ": " + mebibytes(offset) + " of " + mebibytes(size) + ", " + 100 * offset / size + "%";
        if (terminal.isLiveBeside()) {
            terminal.drawBeside("\r\033[K" + text);
            drawn = true;
        } else if (System.nanoTime() - lastLine > BETWEEN_LINES) {
            terminal.note(text);
            lastLine = System.nanoTime();
        }
    }

    void startsOver() {
        clear();
        terminal.note(component + ": corrupted in transit; restarting the upload");
    }

    void ends() {
        clear();
        terminal.note(component + (there ? ": already uploaded" : ": uploaded"));
    }

    private void clear() {
        if (drawn) {
            terminal.drawBeside("\r\033[K");
            drawn = false;
        }
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
