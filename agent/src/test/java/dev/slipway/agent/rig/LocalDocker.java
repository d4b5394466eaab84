package dev.slipway.agent.rig;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The Docker of the machine, by its command line; and images that need no registry. */
public final class LocalDocker {
    private LocalDocker() {}

    /** For conditions of tests: Docker answers, and there is a static busybox to make images of. */
    public static boolean isUsable() {
        try {
            return Files.exists(busybox())
                    && run(new byte[0], "docker", "version").status() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** An image of busybox alone, with these {@code docker import} changes. */
    public static Artifact.Image image(String... changes) {
        List<String> command = new ArrayList<>(List.of("docker", "import"));
        Stream.of(changes).forEach(change -> command.addAll(List.of("-c", change)));
        command.add("-");
        Result result = run(rootFileSystem(), command.toArray(String[]::new));
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
        return new Artifact.Image("local/busybox", new Digest(result.output().strip()));
    }

    /** What the command prints; fails unless it succeeds. */
    public static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Result result = run(new byte[0], command.toArray(String[]::new));
        if (result.status() != 0) {
            throw new AssertionError(command + ": " + result.output());
        }
        return result.output().strip();
    }

    private record Result(int status, String output) {}

    private static Result run(byte[] input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path busybox() {
        return Stream.of("/bin/busybox", "/usr/bin/busybox")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/bin/busybox"));
    }

    private static byte[] rootFileSystem() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            byte[] busybox = Files.readAllBytes(busybox());
            for (String name : List.of("bin/sh", "bin/busybox")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setMode(0100755);
                entry.setSize(busybox.length);
                tar.putArchiveEntry(entry);
                tar.write(busybox);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
