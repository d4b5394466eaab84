package dev.slipway.acceptance.docker;

import dev.slipway.acceptance.stack.Command;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A base image without a registry: the JDK that runs the tests, the libraries that it needs, and busybox. */
public final class JdkImage {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final String HOME = "opt/java/jdk/";
    // Nothing that runs needs them, and they are half of it.
    private static final Pattern LEFT_OUT =
            Pattern.compile("(man|legal|include|jmods|demo)/.*|lib/src\\.zip|lib/server/classes_.*");
    private static final Pattern LIBRARY = Pattern.compile("(?:^|\\s)(/\\S+)\\s+\\(0x");

    private JdkImage() {}

    /** Imports it into Docker as {@code reference}. */
    public static void importAs(String reference, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "jdk", ".tar");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                write(tar);
            }
            Docker.run(
                    "import",
                    "--change",
                    "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    file.toString(),
                    reference);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(TarArchiveOutputStream tar) throws IOException {
        folder(tar, "tmp/", 01777);
        text(tar, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        Path busybox = ServiceImage.BUSYBOX.orElseThrow();
        file(tar, "bin/busybox", busybox);
        for (String applet :
                Command.run(busybox.toString(), "--list").output().lines().toList()) {
            if (!applet.equals("busybox")) {
                link(tar, "bin/" + applet, "/bin/busybox");
            }
        }
        List<Path> files = jdk();
        for (Path file : files) {
            file(tar, HOME + JDK.relativize(file), file);
        }
        for (Path library : libraries(files)) {
            file(tar, library.toString().substring(1), library);
        }
    }

    private static List<Path> jdk() throws IOException {
        try (Stream<Path> files = Files.walk(JDK)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            !LEFT_OUT.matcher(JDK.relativize(file).toString()).matches())
                    .toList();
        }
    }

    /** What the system gives to the JDK: C, its loader, and whatever else is there. */
    private static List<Path> libraries(List<Path> files) {
        List<String> command =
                new ArrayList<>(List.of("ldd", JDK.resolve("bin/java").toString()));
        files.stream().map(Path::toString).filter(file -> file.endsWith(".so")).forEach(command::add);
        Matcher library =
                LIBRARY.matcher(Command.run(command.toArray(String[]::new)).output());
        return library.results()
                .map(found -> Path.of(found.group(1)))
                .filter(path -> !path.startsWith(JDK))
                .distinct()
                .toList();
    }

    private static void folder(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String where) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(where);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void text(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** The file itself where it is a link: the image has no other place to lead to. */
    private static void file(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }
}
