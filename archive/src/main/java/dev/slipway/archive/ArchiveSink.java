package dev.slipway.archive;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Where the contents of an archive go. Paths are relative, with slashes, and safe. A folder comes before what is in it;
 * links come after all files, once every one of them is known to stay inside.
 */
public interface ArchiveSink {
    /** Keeps nothing. */
    ArchiveSink NOTHING = new ArchiveSink() {};

    /** The name of the next entry, as the archive spells it. A sink with rules of its own may refuse it. */
    default void entry(String name) {}

    default void folder(String path) throws IOException {}

    default OutputStream file(String path, int mode) throws IOException {
        return OutputStream.nullOutputStream();
    }

    /** {@code existing} is a file of the archive. */
    default void hardLink(String path, String existing) throws IOException {}

    default void symbolicLink(String path, String target) throws IOException {}

    /** Nothing more comes in this folder. */
    default void finished(String folder, int mode) throws IOException {}
}
