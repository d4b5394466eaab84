package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The log of a process. The process itself appends to it, so that it outlives the supervisor. */
record LogFile(Path path) {
    private static final long LIMIT = 16L * 1024 * 1024;
    private static final int TAIL = 64 * 1024;

    /** Keeps one older part beside it. Lines that are written between the two steps are lost; a full disk is worse. */
    void cap() throws IOException {
        if (size() > LIMIT) {
            Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
        }
    }

    long size() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** The last lines that were written after the file had {@code from} bytes. */
    List<String> lastLines(int count, long from) throws IOException {
        List<String> lines = textFrom(Math.max(from, size() - TAIL)).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** The same for people, with where to read on. */
    String lastWords(int count, long from) {
        try {
            return " The end of its log " + path + ":\n  " + String.join("\n  ", lastLines(count, from));
        } catch (IOException e) {
            return " Its log " + path + " cannot be read.";
        }
    }

    String textFrom(long position) throws IOException {
        if (size() <= position) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
            channel.read(bytes, position);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }
}
