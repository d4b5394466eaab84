package dev.slipway.activities.chart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Packs charts, also such as nobody should unpack. */
final class ChartArchives {
    static final String CHART_YAML = "apiVersion: v2\nname: shop\nversion: 0.1.0\n";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    ChartArchives() {
        try {
            tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes), "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chart that is sound as yet. */
    static ChartArchives sound() {
        return new ChartArchives().file("shop/Chart.yaml", CHART_YAML);
    }

    ChartArchives file(String path, String content) {
        return entry(new TarArchiveEntry(path, true), content.getBytes(StandardCharsets.UTF_8));
    }

    ChartArchives file(String path, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setMode(mode);
        return entry(entry, new byte[0]);
    }

    ChartArchives folder(String path) {
        return entry(new TarArchiveEntry(path, TarConstants.LF_DIR, true), new byte[0]);
    }

    ChartArchives zeros(String path, int size) {
        return entry(new TarArchiveEntry(path, true), new byte[size]);
    }

    /** An entry of this type, as the tar format numbers them. */
    ChartArchives type(String path, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
            entry.setLinkName("/etc/passwd");
        }
        return entry(entry, new byte[0]);
    }

    byte[] packed() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    InputStream open() {
        return new ByteArrayInputStream(packed());
    }

    private ChartArchives entry(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
