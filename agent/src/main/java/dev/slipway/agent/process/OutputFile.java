package dev.slipway.agent.process;

import dev.slipway.agent.state.DurableFiles;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    private long position;

    // Whether the position is in the middle of a line, whose rest is passed over.
    private boolean withinLine;

    // Where the output of what runs now begins; negative where its beginning is not in the file any more.
    private long mark;

    OutputFile(String stream, Path path) {
        this.stream = stream;
        this.path = path;
        skip();
    }

    Path path() {
        return path;
    }

    /** What is printed from here on is the output of something else. */
    void mark() {
        endLine();
        mark = length();
    }

    /** Ends the line in whose middle a process was when it died, so that it does not run into that of the next one. */
    void endLine() {
        if (!isEndOfLine(length())) {
            try {
                Files.writeString(path, Mask.CUT + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                log.warn("The last line of {} could not be ended: {}", path, e.toString());
            }
        }
    }

    /** Passes over what is printed until now, and over the rest of a line that has been begun. */
    void skip() {
        position = length();
        withinLine = !isEndOfLine(position);
    }

    /** The complete lines since the last call, masked. */
    Stream<OutputLine> newLines(Mask mask) {
        long length = length();
        if (length < position) {
            beginWithinLine();
        }
        byte[] bytes = read(position, (int) Math.min(length - position, LONGEST_LINE));
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
        long length = length();
        if (length < mark) {
            beginWithinLine();
        }
        long from = Math.max(Math.max(mark, 0), length - LONGEST_LINE);
        String text = new String(read(from, (int) (length - from)), StandardCharsets.UTF_8);
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

    /** Keeps it from growing for ever. The service appends, so that it goes on at the new end. */
    void rotate() {
        if (length() <= LARGEST) {
            return;
        }
        try {
            Files.copy(path, former(), StandardCopyOption.REPLACE_EXISTING);
            new FileOutputStream(path.toFile()).close();
            beginWithinLine();
        } catch (IOException e) {
            log.warn("{} could not be rotated: {}", path, e.toString());
        }
    }

    void delete() {
        DurableFiles.deleteTree(path);
        DurableFiles.deleteTree(former());
        skip();
        mark = 0;
    }

    /** It was emptied, perhaps in the middle of a line. */
    private void beginWithinLine() {
        position = 0;
        withinLine = true;
        mark = -1;
    }

    private Path former() {
        return path.resolveSibling(path.getFileName() + ".1");
    }

    private long length() {
        return path.toFile().length();
    }

    private boolean isEndOfLine(long where) {
        if (where == 0) {
            return true;
        }
        byte[] last = read(where - 1, 1);
        return last.length == 1 && last[0] == '\n';
    }

    private byte[] read(long from, int count) {
        if (count <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[count];
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            in.seek(from);
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            log.debug("{} could not be read", path, e);
            return new byte[0];
        }
    }
}
