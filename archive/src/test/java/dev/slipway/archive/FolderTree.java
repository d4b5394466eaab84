package dev.slipway.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a folder, path by path: types, permissions, contents, targets, and which names are one file. */
final class FolderTree {
    private FolderTree() {}

    static SortedMap<String, String> of(Path folder) throws IOException {
        Map<Object, String> first = new HashMap<>();
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(path -> !path.equals(folder)).sorted().forEach(path -> {
                String name = folder.relativize(path).toString();
                tree.put(name, describe(path, name, first));
            });
        }
        return tree;
    }

    private static String describe(Path path, String name, Map<Object, String> first) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "-> " + Files.readSymbolicLink(path);
            }
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            if (Files.isDirectory(path)) {
                return "folder " + mode;
            }
            Object inode = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return "file " + mode + " " + Arrays.hashCode(Files.readAllBytes(path)) + " is "
                    + first.computeIfAbsent(inode, _ -> name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
