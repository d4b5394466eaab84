package dev.slipway.agent.process;

import dev.slipway.agent.state.DurableFiles;
import dev.slipway.agent.timeline.OutputLine;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service prints: a file for each stream, which the service itself writes, so that no agent needs to be there. */
final class ServiceOutput {
    private static final Logger log = LoggerFactory.getLogger(ServiceOutput.class);
    private static final long LARGEST = 16L << 20;
    private static final int MOST_AT_ONCE = 256 << 10;
    private static final int TAIL = 8 << 10;
    private static final int TAIL_LINES = 5;

    private final Stream stdout;
    private final Stream stderr;

    ServiceOutput(Path folder) {
        this.stdout = new Stream("stdout", folder.resolve("service.out"));
        this.stderr = new Stream("stderr", folder.resolve("service.err"));
    }

    File stdout() {
        return stdout.file.toFile();
    }

    File stderr() {
        return stderr.file.toFile();
    }

    /** What is printed from here on is the output of a new revision. */
    synchronized void mark() {
        stdout.marked = stdout.length();
        stderr.marked = stderr.length();
    }

    /** What is printed until now is not new. */
    synchronized void skip() {
        stdout.shipped = stdout.length();
        stderr.shipped = stderr.length();
    }

    /** The complete lines that were printed since the last call. */
    synchronized List<OutputLine> newLines() {
        List<OutputLine> lines = new ArrayList<>();
        stdout.readNew(lines);
        stderr.readNew(lines);
        return lines;
    }

    /** The last lines since the mark: errors, if there are any. */
    synchronized List<String> lastLines() {
        List<String> errors = stderr.tail();
        return errors.isEmpty() ? stdout.tail() : errors;
    }

    /** Keeps a file from growing for ever. The service appends, so that it goes on at the new end. */
    synchronized void rotate() {
        stdout.rotate();
        stderr.rotate();
    }

    void delete() {
        for (Stream stream : List.of(stdout, stderr)) {
            DurableFiles.deleteTree(stream.file);
            DurableFiles.deleteTree(stream.former());
        }
    }

    private static final class Stream {
        private final String name;
        private final Path file;
        private long shipped;
        private long marked;

        Stream(String name, Path file) {
            this.name = name;
            this.file = file;
            this.shipped = length();
        }

        long length() {
            return file.toFile().length();
        }

        Path former() {
            return file.resolveSibling(file.getFileName() + ".1");
        }

        void readNew(List<OutputLine> lines) {
            long length = length();
            if (length < shipped) {
                shipped = 0;
            }
            byte[] bytes = read(shipped, (int) Math.min(length - shipped, MOST_AT_ONCE));
            int end = bytes.length;
            // A line that is still being written comes with the next call, unless it fills the buffer.
            while (end > 0 && bytes[end - 1] != '\n' && bytes.length < MOST_AT_ONCE) {
                end--;
            }
            shipped += end;
            if (end > 0) {
                new String(bytes, 0, end, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> lines.add(new OutputLine(name, line)));
            }
        }

        List<String> tail() {
            long length = length();
            long from = Math.max(length - TAIL, marked <= length ? marked : 0);
            List<String> lines = new String(read(from, (int) (length - from)), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        }

        private byte[] read(long from, int count) {
            if (count <= 0) {
                return new byte[0];
            }
            byte[] bytes = new byte[count];
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(from);
                in.readFully(bytes);
                return bytes;
            } catch (IOException e) {
                log.debug("{} could not be read", file, e);
                return new byte[0];
            }
        }

        void rotate() {
            if (length() <= LARGEST) {
                return;
            }
            try {
                Files.copy(file, former(), StandardCopyOption.REPLACE_EXISTING);
                new FileOutputStream(file.toFile()).close();
                shipped = 0;
                marked = 0;
            } catch (IOException e) {
                log.warn("{} could not be rotated: {}", file, e.toString());
            }
        }
    }
}
