package dev.slipway.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Makes tar.gz archives byte by byte, also such as no tool would make. */
public final class Archives {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** An archive with one small file. */
    public static byte[] simple(String content) {
        return new Archives().file("start", 0755, content).end();
    }

    public Archives file(String name, int mode, String content) {
        return entry(name, '0', mode, content.getBytes(StandardCharsets.UTF_8));
    }

    public Archives entry(String name, char type, int mode, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, String.format("%07o", mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", content.length));
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 157, type == '1' || type == '2' ? "/etc/passwd" : "");
        put(header, 257, "ustar\0" + "00");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += Byte.toUnsignedInt(b);
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return raw(header).raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** A POSIX extended header for the next entry. */
    public Archives pax(String key, String value) {
        String record = " " + key + "=" + value + "\n";
        int length = record.length() + 2;
        while (String.valueOf(length).length() + record.length() != length) {
            length++;
        }
        return entry("pax", 'x', 0644, (length + record).getBytes(StandardCharsets.UTF_8));
    }

    public Archives raw(byte[] bytes) {
        tar.writeBytes(bytes);
        return this;
    }

    /** The archive, with its end. */
    public byte[] end() {
        return raw(new byte[2 * BLOCK]).gzip();
    }

    /** The archive as it stands. */
    public byte[] gzip() {
        return gzip(tar.toByteArray());
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
