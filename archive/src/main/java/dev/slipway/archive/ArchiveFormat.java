package dev.slipway.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** What an archive is by its first bytes, whatever its file is called. */
enum ArchiveFormat {
    TAR {
        @Override
        InputStream decompress(InputStream in) {
            return in;
        }
    },
    TAR_GZIP {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
    },
    TAR_ZSTD {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    },
    TAR_XZ {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return XZCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(XZ_MEMORY_KIB)
                    .get();
        }
    },
    ZIP {
        @Override
        InputStream decompress(InputStream in) {
            throw new UnsupportedOperationException("A zip is compressed entry by entry");
        }

        @Override
        void read(SeekableByteChannel archive, Extraction extraction) throws IOException {
            ZipEntries.read(archive, extraction);
        }
    };

    // A dictionary of 32 MiB, as of xz -8, and what goes with it: it has to fit the heap of an agent.
    private static final int XZ_MEMORY_KIB = 40 << 10;
    private static final int TAR_RECORD = 512;

    private static final HexFormat HEX = HexFormat.of();

    abstract InputStream decompress(InputStream in) throws IOException;

    void read(SeekableByteChannel archive, Extraction extraction) throws IOException {
        try (InputStream packed = new BufferedInputStream(new PackedStream(archive, extraction::bytes), 64 << 10);
                InputStream unpacked = new BufferedInputStream(decompress(packed), 64 << 10)) {
            TarEntries.read(unpacked, extraction);
        }
    }

    static ArchiveFormat of(SeekableByteChannel archive) throws IOException {
        byte[] head = head(archive);
        String hex = HEX.formatHex(head, 0, Math.min(head.length, 6));
        if (hex.startsWith("1f8b")) {
            return TAR_GZIP;
        }
        // A frame, or one that is to be skipped, with which those of pzstd begin.
        if (hex.startsWith("28b52ffd") || hex.matches("5.2a4d18.*")) {
            return TAR_ZSTD;
        }
        if (hex.equals("fd377a585a00")) {
            return TAR_XZ;
        }
        if (hex.startsWith("504b0304") || hex.startsWith("504b0506")) {
            return ZIP;
        }
        if (head.length == TAR_RECORD && TarUtils.verifyCheckSum(head)) {
            return TAR;
        }
        throw Refusal.malformed("Not an archive: expected tar, tar.gz, tar.zst, tar.xz or zip");
    }

    private static byte[] head(SeekableByteChannel archive) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(TAR_RECORD);
        archive.position(0);
        while (head.hasRemaining() && archive.read(head) >= 0) {
            // A channel may give less than there is.
        }
        archive.position(0);
        return Arrays.copyOf(head.array(), head.position());
    }
}
