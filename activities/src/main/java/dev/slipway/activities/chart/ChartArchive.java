package dev.slipway.activities.chart;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.input.Names;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Reads a gzipped tar archive that may be hostile into memory: only plain files in one folder, and within limits. */
final class ChartArchive {
    private static final int SET_ID = 06000;
    private static final Set<Byte> PLAIN = Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM);

    private final ChartLimits limits;
    private final ChartPaths paths;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private int entries;

    private ChartArchive(ChartLimits limits) {
        this.limits = limits;
        this.paths = new ChartPaths(limits);
    }

    /** @param files by their paths in {@code folder} */
    record Content(String folder, SortedMap<String, byte[]> files) {}

    static Content read(InputStream archive, ChartLimits limits) throws IOException {
        // As a whole, before it is unpacked: what fails from here on is the archive's fault and not the network's.
        byte[] packed = archive.readNBytes(limits.packedBytes() + 1);
        if (packed.length > limits.packedBytes()) {
            throw tooLarge("more than " + limits.packedBytes() + " bytes");
        }
        return new ChartArchive(limits).unpack(packed);
    }

    private Content unpack(byte[] packed) {
        long most =
                Math.min(limits.unpackedBytes(), Math.max(limits.ratioFloor(), (long) limits.ratio() * packed.length));
        try (InputStream bytes = new BoundedStream(new GZIPInputStream(new ByteArrayInputStream(packed)), most);
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > limits.entries()) {
                    throw tooLarge("more than " + limits.entries() + " entries");
                }
                add(entry, tar);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SlipwayException(
                    FailureType.UNSAFE_ARCHIVE,
                    "The archive is no sound tar.gz (" + Names.shown(String.valueOf(e.getMessage()))
                            + "); package the chart again",
                    e);
        }
        return new Content(paths.top(), files);
    }

    private void add(TarArchiveEntry entry, InputStream content) throws IOException {
        String name = entry.getName();
        boolean folder = entry.isDirectory();
        if ((!folder && !PLAIN.contains(entry.getLinkFlag())) || entry.isSparse()) {
            throw unsafe(name, "is a link, a device or something else than a file or a folder");
        }
        if ((entry.getMode() & SET_ID) != 0) {
            throw unsafe(name, "has a setuid or setgid bit");
        }
        String path = paths.add(name, folder);
        if (!folder) {
            byte[] bytes = content.readNBytes(limits.fileBytes() + 1);
            if (bytes.length > limits.fileBytes()) {
                throw tooLarge("a file of more than " + limits.fileBytes() + " bytes");
            }
            files.put(path, bytes);
        }
    }

    static SlipwayException unsafe(String entry, String problem) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE,
                "Entry \"" + Names.shown(entry) + "\" of the archive " + problem + "; package the chart without it");
    }

    static SlipwayException tooLarge(String problem) {
        return new SlipwayException(
                FailureType.ARCHIVE_TOO_LARGE,
                "The archive has " + problem + "; leave out what the chart does not need, by .helmignore");
    }
}
