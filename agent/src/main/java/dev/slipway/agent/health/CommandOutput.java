package dev.slipway.agent.health;

import dev.slipway.core.secret.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a health command prints, the beginning of it; written and read by different threads. */
public final class CommandOutput {
    private static final int MOST = 16 << 10;

    private final Mask mask;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole;

    public CommandOutput(Mask mask) {
        this.mask = mask;
    }

    public synchronized void add(byte[] more, int length) {
        bytes.write(more, 0, Math.min(length, MOST - bytes.size()));
    }

    /** Nothing comes any more. */
    public synchronized void end() {
        whole = bytes.size() < MOST;
    }

    /** Its last line, masked, as the end of a sentence; empty where it printed none. */
    public synchronized String said() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        boolean cut = !whole && !text.isEmpty() && !text.endsWith("\n");
        List<String> lines = (cut ? text + Mask.CUT : text)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "" : ", output \"" + mask.apply(lines.getLast()) + "\"";
    }
}
