package dev.slipway.agent.health;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a health command printed, the beginning of it; written and read by different threads. */
public final class CommandOutput {
    private static final int MOST = 16 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public synchronized void add(byte[] more, int length) {
        bytes.write(more, 0, Math.min(length, MOST - bytes.size()));
    }

    /** Its last line as the end of a sentence; empty where it printed none. */
    public synchronized String said() {
        List<String> lines = bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "" : ", saying \"" + lines.getLast() + "\"";
    }
}
