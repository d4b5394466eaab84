package dev.slipway.agent.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.core.secret.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lines from the frames of a log with timestamps. Docker cuts a line that is longer than 16 KiB into frames, and gives
 * all of them the timestamp of the first; the last one alone ends with a line feed.
 */
final class FrameLines {
    private static final int LONGEST_LINE = 256 << 10;

    private final int mostFrames;
    private final List<Joined> lines = new ArrayList<>();
    private final Map<StreamType, Joined> latest = new EnumMap<>(StreamType.class);
    private int frames;

    /** One line, with {@link Mask#CUT} where more of it may stand somewhere else. */
    record Line(String timestamp, String stream, String text) {}

    /** For a log of which the last {@code mostFrames} were asked for. */
    FrameLines(int mostFrames) {
        this.mostFrames = mostFrames;
    }

    synchronized void add(Frame frame) {
        frames++;
        byte[] payload = frame.getPayload();
        int space = 0;
        while (space < payload.length && payload[space] != ' ') {
            space++;
        }
        String timestamp = new String(payload, 0, space, StandardCharsets.US_ASCII).strip();
        Joined line = latest.get(frame.getStreamType());
        if (line == null || line.ended || !line.timestamp.equals(timestamp)) {
            line = new Joined(timestamp, frame.getStreamType(), line != null && !line.ended);
            latest.put(frame.getStreamType(), line);
            lines.add(line);
        }
        line.add(payload, Math.min(space + 1, payload.length));
    }

    /** What the frames until now come to. */
    synchronized List<Line> lines() {
        if (frames == mostFrames) {
            // They begin somewhere in the log: what is as old as the first one may have begun before it.
            String oldest = lines.getFirst().timestamp;
            lines.stream().filter(line -> line.timestamp.compareTo(oldest) <= 0).forEach(line -> line.cutBefore = true);
        }
        return lines.stream().map(Joined::line).toList();
    }

    private static final class Joined {
        private final String timestamp;
        private final StreamType stream;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean cutBefore;
        private boolean ended;

        Joined(String timestamp, StreamType stream, boolean cutBefore) {
            this.timestamp = timestamp;
            this.stream = stream;
            this.cutBefore = cutBefore;
        }

        void add(byte[] payload, int from) {
            bytes.write(payload, from, Math.min(payload.length - from, LONGEST_LINE - bytes.size()));
            ended = payload[payload.length - 1] == '\n';
        }

        Line line() {
            String text = bytes.toString(StandardCharsets.UTF_8);
            boolean cutAfter = !ended || bytes.size() == LONGEST_LINE;
            return new Line(
                    timestamp,
                    stream == StreamType.STDERR ? "stderr" : "stdout",
                    (cutBefore ? Mask.CUT : "") + (cutAfter ? text + Mask.CUT : text.stripTrailing()));
        }
    }
}
