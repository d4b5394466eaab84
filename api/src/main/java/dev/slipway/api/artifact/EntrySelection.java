package dev.slipway.api.artifact;

/** Sees every entry of an archive that is checked, says which contents are to be kept, and may refuse the whole. */
@FunctionalInterface
public interface EntrySelection {
    /** Whether the content of the entry is kept in memory. The path is safe, and as it is written in the archive. */
    boolean takes(String path, boolean folder, long size);
}
