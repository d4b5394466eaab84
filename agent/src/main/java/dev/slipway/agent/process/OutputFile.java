package dev.slipway.agent.process;

import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service prints to one stream: a file that the service appends to, and that is read line by line. */
final class OutputFile {
    private static final Logger log = LoggerFactory.getLogger(OutputFile.class);
    private static final long LARGEST = 16L << 20;

    // Longer than a secret in any form, so that a line that is cut still shows which part of one it holds.
    private static final int LONGEST_LINE = 256 << 10;

    private static final int TAIL_LINES = 5;

    private final String stream;
    private final Path path;
    private final AppendedFile file;

    private long position;

    // Whether the position is in the middle of a line, whose rest is passed over.
    private boolean withinLine;

    // Where the output of what runs now begins.
    private long mark;

    OutputFile(String stream, Path path, AppendedFile.Removal removal) {
        this.stream = stream;
        this.path = path;
        this.file = new AppendedFile(path, removal);
        skip();
    }

    Path path() {
        return path;
    }

    /** What is printed from here on is the output of something else. */
    void mark() {
        endLine();
        mark = file.length();
    }

    /** Ends the line in whose middle a process was when it died, so that it does not run into that of the next one. */
    void endLine() {
        if (!isEndOfLine(file.length())) {
            try {
                Files.writeString(path, Mask.CUT + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                log.warn("Could not terminate the last line of {}: {}", path, e.toString());
            }
        }
    }

    /** Passes over what is printed until now, and over the rest of a line that has been begun. */
    void skip() {
        position = file.length();
        withinLine = !isEndOfLine(position);
    }

    /** The complete lines since the last call, masked. */
    Stream<OutputLine> newLines(Mask mask) {
        long length = file.length();
        // Something else has emptied it, or this reader is more than a whole rotation late.
        if (length < position || position < file.first()) {
            position = length < position ? file.begin() : file.first();
            withinLine = true;
        }
        byte[] bytes = file.read(position, (int) Math.min(length - position, LONGEST_LINE));
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        boolean tooLong = end == 0 && bytes.length == LONGEST_LINE;
        int taken = tooLong ? bytes.length : end;
        String text = new String(bytes, 0, taken, StandardCharsets.UTF_8) + (tooLong ? Mask.CUT : "");
        List<String> lines = text.lines().skip(withinLine ? 1 : 0).toList();
        if (taken > 0) {
            position += taken;
            withinLine = tooLong;
        }
        return lines.stream().map(line -> new OutputLine(stream, mask.apply(line)));
    }

    /** The last lines since the mark, masked; the last of them may not be complete yet. */
    List<String> tail(Mask mask) {
        long length = file.length();
        long begin = length < mark ? file.begin() : Math.max(mark, file.first());
        long from = Math.max(begin, length - LONGEST_LINE);
        String text = new String(file.read(from, (int) (length - from)), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = ((from == mark ? "" : Mask.CUT) + text + (text.endsWith("\n") ? "" : Mask.CUT))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                .map(mask::apply)
                .toList();
    }

    /** Keeps it from growing for ever. */
    void rotate() {
        try {
            file.rotate(LARGEST);
        } catch (IOException e) {
            log.warn("Could not rotate {}: {}", path, e.toString());
        }
    }

    void delete() {
        file.delete();
        skip();
        mark = 0;
    }

    private boolean isEndOfLine(long where) {
        byte[] last = where > file.first() ? file.read(where - 1, 1) : new byte[0];
        return last.length == 0 || last[0] == '\n';
    }
}
