package dev.slipway.acceptance.docker;

import dev.slipway.acceptance.sample.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Images of a tiny service that answers HTTP at port 8080 with a page of its own. There is busybox in them, and nothing else. */
public record ServiceImage(String page, String script) {
    static final Optional<Path> BUSYBOX = Stream.of("/bin/busybox", "/usr/bin/busybox")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private static final String SERVE = "/bin/busybox httpd -f -p 8080 -h /www &\n";
    private static final String UNTIL_STOPPED = "trap 'exit 0' TERM\nwait\n";

    /** One that works. */
    public static ServiceImage good(String version) {
        return new ServiceImage(version, SERVE + UNTIL_STOPPED);
    }

    /** One that serves something else than its version, so that it never becomes healthy. */
    public static ServiceImage broken(String version) {
        return new ServiceImage("sick", "# " + version + "\n" + SERVE + UNTIL_STOPPED);
    }

    /** One that ends as soon as it is started. */
    public static ServiceImage crashing(String version) {
        return new ServiceImage(version, "echo \"cannot start\" >&2\nexit 3\n");
    }

    /** One that works, and takes {@code seconds} to end when it is asked to. */
    public static ServiceImage stubborn(String version, int seconds) {
        return new ServiceImage(version, SERVE + "trap '/bin/busybox sleep " + seconds + "; exit 0' TERM\nwait\n");
    }

    /** One that goes on for long, and listens at no port. */
    public static ServiceImage deaf(String version) {
        return new ServiceImage(version, "/bin/busybox sleep 600 &\n" + UNTIL_STOPPED);
    }

    /** Imports it into Docker as {@code reference}; its id. */
    String importAs(String reference, Path folder) {
        try {
            Path archive = Files.createTempFile(folder, "image", ".tar.gz");
            Files.write(archive, Archive.of(files()).bytes());
            String id = Docker.run("import", "-c", "CMD [\"/start\"]", archive.toString(), reference);
            Files.delete(archive);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("bin/busybox", Files.readAllBytes(BUSYBOX.orElseThrow()));
        files.put("start", Archive.text("#!/bin/busybox sh\n" + script));
        files.put("www/index.html", Archive.text(page + "\n"));
        return files;
    }
}
