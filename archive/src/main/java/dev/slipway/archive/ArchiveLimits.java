package dev.slipway.archive;

/**
 * What an archive may unpack to. The ratio counts for the archive as a whole, and only from {@code ratioFloor} unpacked
 * bytes on: a tar of a few small files is mostly padding, and a sparse file may come first.
 *
 * @param entries files, links and folders, with those folders that only the paths of others name
 * @param depth of folders
 * @param pathBytes of an entry's path, in UTF-8
 * @param fileBytes of one file
 * @param bytes of everything
 * @param ratio how many times its size an archive may unpack to
 */
public record ArchiveLimits(
        int entries, int depth, int pathBytes, long fileBytes, long bytes, int ratio, long ratioFloor) {
    /** For releases. */
    public static final ArchiveLimits DEFAULT = of(16L << 30);

    /** Those of releases, with at most {@code bytes} unpacked. */
    public static ArchiveLimits of(long bytes) {
        return new ArchiveLimits(100_000, 64, 4_096, bytes, bytes, 100, 10L << 20);
    }

    /** The most bytes that an archive of {@code size} bytes may unpack to. */
    long most(long size) {
        return Math.min(bytes, Math.max(ratioFloor, Math.multiplyExact(size, (long) ratio)));
    }
}
