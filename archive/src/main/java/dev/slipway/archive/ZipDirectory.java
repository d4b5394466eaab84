package dev.slipway.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Walks the central directory of a zip, which {@link org.apache.commons.compress.archivers.zip.ZipFile} reads into memory
 * as a whole: it has to have a size that fits, lie just before its end record, and nothing may follow that.
 */
final class ZipDirectory {
    private static final int HEADER = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int HEADER_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final int END_64_SIZE = 56;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long LARGEST = 32L << 20;

    private ZipDirectory() {}

    /** Fails with {@code UnsafeArchive}, or with {@code ArchiveTooLarge} from more than {@code most} entries on. */
    static void require(SeekableByteChannel zip, int most) throws IOException {
        long end = end(zip);
        ByteBuffer record = read(zip, end, END_SIZE);
        if (end + END_SIZE + Short.toUnsignedInt(record.getShort(20)) != zip.size()) {
            throw Refusal.malformed("Trailing data after the end of the archive");
        }
        long size = Integer.toUnsignedLong(record.getInt(12));
        long start = Integer.toUnsignedLong(record.getInt(16));
        if (end >= LOCATOR_64_SIZE) {
            ByteBuffer locator = read(zip, end - LOCATOR_64_SIZE, LOCATOR_64_SIZE);
            if (locator.getInt(0) == LOCATOR_64) {
                end = locator.getLong(8);
                ByteBuffer record64 = read(zip, end, END_64_SIZE);
                requireThat(record64.getInt(0) == END_64);
                size = record64.getLong(40);
                start = record64.getLong(48);
            }
        }
        requireThat(size >= 0 && start >= 0 && start + size == end);
        if (size > LARGEST) {
            throw Refusal.tooLarge("has a directory of more than " + (LARGEST >> 20) + " MiB", "Pack fewer files.");
        }
        requireEntries(read(zip, start, (int) size), most);
    }

    private static void requireEntries(ByteBuffer directory, int most) throws IOException {
        int count = 0;
        for (int at = 0; at < directory.limit(); count++) {
            requireThat(directory.limit() - at >= HEADER_SIZE && directory.getInt(at) == HEADER);
            at += HEADER_SIZE + length(directory, at + 28) + length(directory, at + 30) + length(directory, at + 32);
            requireThat(at <= directory.limit());
        }
        if (count > most) {
            throw Refusal.tooLarge("has more than " + most + " entries", "Pack fewer files.");
        }
    }

    private static int length(ByteBuffer directory, int at) {
        return Short.toUnsignedInt(directory.getShort(at));
    }

    private static long end(SeekableByteChannel zip) throws IOException {
        int length = (int) Math.min(zip.size(), END_SIZE + LONGEST_COMMENT);
        long start = zip.size() - length;
        ByteBuffer tail = read(zip, start, length);
        for (int at = length - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                return start + at;
            }
        }
        throw new EOFException("the end-of-central-directory record of the zip is missing");
    }

    private static ByteBuffer read(SeekableByteChannel zip, long position, int length) throws IOException {
        requireThat(position >= 0 && position + length <= zip.size());
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        zip.position(position);
        while (bytes.hasRemaining()) {
            if (zip.read(bytes) < 0) {
                throw new EOFException("it ends within the central directory of the zip");
            }
        }
        return bytes.flip();
    }

    private static void requireThat(boolean sound) throws IOException {
        if (!sound) {
            throw new IOException("the central directory of the zip is not at the recorded offset");
        }
    }
}
