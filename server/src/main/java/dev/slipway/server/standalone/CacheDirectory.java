package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is fetched or made once on a machine, whole or not at all, under a name that has its version in it. */
record CacheDirectory(Path path) {
    /** Makes the content of an entry in the folder that it is given. */
    interface Maker {
        void make(Path folder) throws IOException;
    }

    static CacheDirectory ofEnvironment() {
        return of(System.getenv());
    }

    static CacheDirectory of(Map<String, String> environment) {
        String set = environment.getOrDefault("SLIPWAY_CACHE", "");
        return new CacheDirectory(
                set.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "slipway")
                        : Path.of(set).toAbsolutePath());
    }

    Path entry(String name) {
        return path.resolve(name);
    }

    /** The entry {@code name}; makes it first when it is not there. Two processes do not make it twice. */
    Path entry(String name, Maker maker) throws IOException {
        Path entry = entry(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Files.createDirectories(path);
        try (FileChannel channel = FileChannel.open(
                        path.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!Files.isDirectory(entry)) {
                Path draft = path.resolve(name + ".new");
                delete(draft);
                Files.createDirectory(draft);
                maker.make(draft);
                Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return entry;
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
