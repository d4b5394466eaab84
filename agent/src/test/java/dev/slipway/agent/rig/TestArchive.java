package dev.slipway.agent.rig;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar.gz, entry by entry, with everything that a hostile one may hold. */
public final class TestArchive {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public TestArchive() {
        try {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive with an executable {@code start} that is this shell script. */
    public static TestArchive withStart(String script) {
        return new TestArchive().file("start", "#!/bin/sh\n" + script + "\n", 0755);
    }

    public TestArchive file(String name, String text, int mode) {
        return file(name, text.getBytes(StandardCharsets.UTF_8), mode);
    }

    public TestArchive file(String name, byte[] content, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(0100000 | mode);
        entry.setSize(content.length);
        return add(entry, content);
    }

    public TestArchive folder(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/", true);
        entry.setMode(040000 | mode);
        return add(entry, new byte[0]);
    }

    /** An entry of a kind that is neither file nor folder. */
    public TestArchive special(String name, byte kind, String link) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(link);
        return add(entry, new byte[0]);
    }

    private TestArchive add(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Artifact.Archive artifact() {
        byte[] content = bytes();
        return new Artifact.Archive(digestOf(content), content.length);
    }

    public static Digest digestOf(byte[] content) {
        try {
            return Digest.ofSha256(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
