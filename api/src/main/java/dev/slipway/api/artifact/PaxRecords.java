package dev.slipway.api.artifact;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The extended header before an entry, as far as it matters here: records {@code "<length> <key>=<value>\n"}. */
final class PaxRecords {
    private static final String HEADER = "pax header";

    private @Nullable String path;
    private @Nullable Long size;

    @Nullable
    String path() {
        return path;
    }

    @Nullable
    Long size() {
        return size;
    }

    void clear() {
        path = null;
        size = null;
    }

    void read(byte[] records) {
        int at = 0;
        while (at < records.length) {
            int blank = indexOf(records, ' ', at);
            int end = at + length(records, at, blank);
            int equals = indexOf(records, '=', blank);
            if (end > records.length || equals >= end || records[end - 1] != '\n') {
                throw malformed();
            }
            set(text(records, blank + 1, equals), text(records, equals + 1, end - 1));
            at = end;
        }
    }

    private void set(String key, String value) {
        switch (key) {
            case "path" -> path = value;
            case "size" -> size = number(value);
            default -> {
                // Sparse files are not what they seem to be; times, owners and comments change nothing.
                if (key.startsWith("GNU.sparse") || key.equals("linkpath")) {
                    throw TarCheck.unsafe(HEADER, "makes something else of a file: " + key);
                }
            }
        }
    }

    private static int indexOf(byte[] records, char wanted, int from) {
        for (int i = from; i < records.length; i++) {
            if (records[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static int length(byte[] records, int from, int to) {
        long length = number(text(records, from, to));
        if (length <= to - from || length > records.length) {
            throw malformed();
        }
        return (int) length;
    }

    private static long number(String digits) {
        if (!digits.matches("\\d{1,15}")) {
            throw malformed();
        }
        return Long.parseLong(digits);
    }

    private static String text(byte[] records, int from, int to) {
        return new String(records, from, to - from, StandardCharsets.UTF_8);
    }

    private static RuntimeException malformed() {
        return TarCheck.unsafe(HEADER, "is malformed");
    }
}
