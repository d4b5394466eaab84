package dev.slipway.agent.artifact;

/** What an archive may unpack to. A ratio is suspicious only from {@code ratioFloor} bytes on. */
record ArchiveLimits(int entries, int depth, long bytes, long ratio, long ratioFloor) {
    static final ArchiveLimits DEFAULT = new ArchiveLimits(100_000, 100, 16L << 30, 100, 64L << 20);
}
