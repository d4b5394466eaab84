package dev.slipway.api.artifact;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar strictly, because what two readers understand differently is a way past the first of them: files and
 * folders only, each below the folder that the archive is unpacked in, and nothing behind the end.
 */
final class TarCheck {
    private static final int MOST_ENTRIES = 100_000;
    private static final int DEEPEST = 64;
    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_NAME = 255;
    private static final int LARGEST_EXTENSION = 64 << 10;
    private static final int SET_ID_BITS = 06000;

    private final InputStream tar;
    private final EntrySelection wanted;
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private final PaxRecords pax = new PaxRecords();
    private @Nullable String longName;
    private int entries;

    TarCheck(InputStream tar, EntrySelection wanted) {
        this.tar = tar;
        this.wanted = wanted;
    }

    /** What was wanted, once the whole is known to be safe. */
    Map<String, byte[]> contents() {
        return contents;
    }

    /** Fails with {@code UnsafeArchive} or {@code ArchiveTooLarge}. */
    void requireSafe() throws IOException {
        while (readBlock()) {
            if (isZero()) {
                requireNothingBehind();
                requireEntries();
                return;
            }
            accept(TarHeader.parse(block));
        }
        requireEntries();
    }

    private void accept(TarHeader header) throws IOException {
        switch (header.type()) {
            case TarHeader.PAX -> pax.read(extension(header));
            case TarHeader.GLOBAL_PAX -> requireHarmless(extension(header));
            case TarHeader.LONG_NAME -> longName = terminated(extension(header));
            case TarHeader.FILE, TarHeader.OLD_FILE, TarHeader.FOLDER -> entry(header);
            default -> throw unsafe(name(header), "is a link, a device or something else than a file or a folder");
        }
    }

    // git archive says here which commit it was; a path or a size for all entries makes no sense.
    private static void requireHarmless(byte[] records) {
        PaxRecords global = new PaxRecords();
        global.read(records);
        if (global.path() != null || global.size() != null) {
            throw unsafe("global pax header", "sets a path or a size for all entries");
        }
    }

    private void entry(TarHeader header) throws IOException {
        String name = name(header);
        if (++entries > MOST_ENTRIES) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE, "The archive has more than " + MOST_ENTRIES + " entries");
        }
        requirePath(name);
        if ((header.mode() & SET_ID_BITS) != 0) {
            throw unsafe(name, "would run with the rights of its owner (setuid or setgid)");
        }
        long size = Objects.requireNonNullElse(pax.size(), header.size());
        if (wanted.takes(name, header.type() == TarHeader.FOLDER, size)) {
            contents.put(name, content(size));
        } else {
            skip(size);
        }
        pax.clear();
        longName = null;
    }

    private String name(TarHeader header) {
        String path = pax.path();
        if (path != null) {
            return path;
        }
        return longName != null ? longName : header.name();
    }

    private static void requirePath(String name) {
        if (name.isEmpty() || name.startsWith("/")) {
            throw unsafe(name, "is not a path below the folder that the archive is unpacked in");
        }
        if (name.length() > LONGEST_PATH) {
            throw unsafe(name, "is longer than " + LONGEST_PATH + " characters");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
            throw unsafe(name, "has a control character or a backslash in its name");
        }
        int depth = 0;
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw unsafe(name, "leads out of the folder that the archive is unpacked in");
            }
            if (part.length() > LONGEST_NAME) {
                throw unsafe(name, "has a part of more than " + LONGEST_NAME + " characters");
            }
            depth += part.isEmpty() || part.equals(".") ? 0 : 1;
        }
        if (depth > DEEPEST) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE, "The archive has folders more than " + DEEPEST + " deep");
        }
    }

    private byte[] extension(TarHeader header) throws IOException {
        if (header.size() > LARGEST_EXTENSION) {
            throw unsafe(header.name(), "has a header of more than " + LARGEST_EXTENSION + " bytes");
        }
        return content(header.size());
    }

    private byte[] content(long size) throws IOException {
        byte[] content = tar.readNBytes((int) Math.min(size, Integer.MAX_VALUE));
        if (content.length < size) {
            throw new EOFException("it ends within an entry");
        }
        skipFully(padding(size));
        return content;
    }

    private static String terminated(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    private void skip(long size) throws IOException {
        skipFully(size);
        skipFully(padding(size));
    }

    private void skipFully(long count) throws IOException {
        // Not skipNBytes: a stream may skip without unpacking, and so without counting.
        long left = count;
        byte[] buffer = new byte[(int) Math.min(Math.max(left, 1), 64 << 10)];
        while (left > 0) {
            int read = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("it ends within an entry");
            }
            left -= read;
        }
    }

    private static long padding(long size) {
        return (TarHeader.BLOCK - size % TarHeader.BLOCK) % TarHeader.BLOCK;
    }

    private boolean readBlock() throws IOException {
        int read = tar.readNBytes(block, 0, block.length);
        if (read > 0 && read < block.length) {
            throw new EOFException("it ends within a header");
        }
        return read == block.length;
    }

    private boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void requireNothingBehind() throws IOException {
        while (readBlock()) {
            if (!isZero()) {
                throw new SlipwayException(
                        FailureType.UNSAFE_ARCHIVE, "The archive goes on behind its end; pack it again");
            }
        }
    }

    private void requireEntries() {
        if (entries == 0) {
            throw new SlipwayException(FailureType.UNSAFE_ARCHIVE, "The archive is no tar.gz, or has nothing in it");
        }
    }

    static SlipwayException unsafe(String name, String problem) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE, "Entry \"" + Names.shown(name) + "\" of the archive " + problem);
    }
}
