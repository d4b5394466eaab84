package dev.slipway.api.artifact;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.nio.charset.StandardCharsets;

/** The header of an entry, as POSIX and GNU tar write it. */
record TarHeader(String name, char type, long mode, long size) {
    static final int BLOCK = 512;

    static final char FILE = '0';
    static final char OLD_FILE = '\0';
    static final char FOLDER = '5';
    static final char PAX = 'x';
    static final char GLOBAL_PAX = 'g';
    static final char LONG_NAME = 'L';

    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    static TarHeader parse(byte[] block) {
        if (number(block, CHECKSUM, 8) != checksum(block)) {
            throw malformed("a header's checksum is wrong");
        }
        String name = text(block, 0, 100);
        // GNU tar keeps times where POSIX has the prefix; its magic ends in blanks.
        boolean posix = text(block, MAGIC, 6).equals("ustar") && block[MAGIC + 5] == 0;
        String prefix = posix ? text(block, PREFIX, 155) : "";
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (char) block[TYPE],
                number(block, MODE, 8),
                number(block, SIZE, 12));
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : Byte.toUnsignedInt(block[i]);
        }
        return sum;
    }

    private static String text(byte[] block, int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Octal digits; or, for what they cannot say, a first byte of 0x80 and a binary number. */
    private static long number(byte[] block, int offset, int length) {
        if (Byte.toUnsignedInt(block[offset]) == 0x80) {
            long value = 0;
            for (int i = offset + 1; i < offset + length; i++) {
                if (value >>> 48 != 0) {
                    throw malformed("a header has a number that is too large");
                }
                value = value << 8 | Byte.toUnsignedInt(block[i]);
            }
            return value;
        }
        String digits = text(block, offset, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw malformed("a header has a number that is none");
        }
    }

    private static SlipwayException malformed(String problem) {
        return new SlipwayException(FailureType.UNSAFE_ARCHIVE, "The archive is no tar.gz: " + problem);
    }
}
