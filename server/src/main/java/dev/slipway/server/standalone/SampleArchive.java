package dev.slipway.server.standalone;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs a version of the {@link SampleService}. */
final class SampleArchive {
    private static final int FILE = 0644;
    private static final int PROGRAM = 0755;
    private static final String START = """
            #!/bin/sh
            # start PORT TARGET; JAVA is the JVM to start it with.
            exec "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx16m -cp . %s "$@"
            """.formatted(SampleService.class.getName());

    private SampleArchive() {}

    static void write(Path archive, String version, boolean broken) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("start", START.getBytes(StandardCharsets.UTF_8));
        files.put("version", version.getBytes(StandardCharsets.UTF_8));
        files.put(SampleService.class.getName().replace('.', '/') + ".class", serviceClass());
        if (broken) {
            files.put("broken", new byte[0]);
        }
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive))))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setMode(file.getKey().equals("start") ? PROGRAM : FILE);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    private static byte[] serviceClass() throws IOException {
        try (InputStream bytes = SampleService.class.getResourceAsStream("SampleService.class")) {
            if (bytes == null) {
                throw new IOException("The class of the sample service is missing from this build");
            }
            return bytes.readAllBytes();
        }
    }
}
