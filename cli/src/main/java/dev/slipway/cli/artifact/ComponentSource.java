package dev.slipway.cli.artifact;

import dev.slipway.archive.ArchiveLimits;
import dev.slipway.archive.ArchiveReader;
import dev.slipway.cli.command.CommandException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code NAME=PATH} or {@code NAME=IMAGE} of a command line. Exactly one of {@code archive} and {@code image} is set. */
public record ComponentSource(
        String name, @Nullable Path archive, @Nullable String image) {
    private static final List<String> PATH_STARTS = List.of("./", "../", "/", "~/");
    private static final List<String> ARCHIVE_ENDS =
            List.of(".tar.gz", ".tgz", ".tar", ".tar.zst", ".tar.xz", ".txz", ".zip");

    /** Reads one; what looks like a path, or is one, is an archive, and everything else an image. */
    public static ComponentSource parse(String text, Path directory) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw CommandException.usage(
                    "--component: invalid component \"" + Names.shown(text) + "\"",
                    "expected NAME=PATH or NAME=IMAGE, for example web=./web.tar.gz or api=registry.example/api:1.2");
        }
        String name = requireName(text.substring(0, equals));
        String value = text.substring(equals + 1);
        Path path = directory.resolve(value);
        if (Files.isDirectory(path)) {
            throw CommandException.failed(
                    "component " + name + ": " + value + " is a directory",
                    "pack it first: tar -czf " + name + ".tar.gz -C " + value + " .");
        }
        if (Files.isRegularFile(path)) {
            requireSafe(name, path);
            return new ComponentSource(name, path, null);
        }
        if (looksLikePath(value)) {
            throw CommandException.failed(
                    "component " + name + ": no such file: " + value, "looked for " + path.normalize());
        }
        return new ComponentSource(name, null, value);
    }

    // What the server would refuse need not be uploaded first.
    private static void requireSafe(String name, Path archive) {
        try (SeekableByteChannel bytes = Files.newByteChannel(archive)) {
            new ArchiveReader(ArchiveLimits.DEFAULT).check(bytes);
        } catch (SlipwayException e) {
            throw CommandException.failed("component " + name + ": " + archive + ": " + e.getMessage(), null);
        } catch (IOException e) {
            throw CommandException.failed(
                    "component " + name + ": cannot read " + archive + ": " + e.getMessage(), null);
        }
    }

    private static boolean looksLikePath(String value) {
        return PATH_STARTS.stream().anyMatch(value::startsWith)
                || ARCHIVE_ENDS.stream().anyMatch(value::endsWith);
    }

    private static String requireName(String name) {
        try {
            return Names.requireName("component", name);
        } catch (InvalidInputException e) {
            throw CommandException.usage("--component: " + e.getMessage(), null);
        }
    }
}
