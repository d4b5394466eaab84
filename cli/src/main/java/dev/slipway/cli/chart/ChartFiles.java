package dev.slipway.cli.chart;

import dev.slipway.cli.command.CommandException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a chart's folder that belong to the chart, by their path in it, in order. */
final class ChartFiles {
    private static final int MOST_ENTRIES = 10_000;

    private final Path root;
    private final Path realRoot;
    private final HelmIgnore ignore;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private int entries;

    private ChartFiles(Path root) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
        this.ignore = ignore(root.resolve(HelmIgnore.FILE));
    }

    /** Links are followed inside of the folder, as Helm does; one that leads out of it is refused, which Helm does not. */
    static SortedMap<String, Path> of(Path root) throws IOException {
        ChartFiles chart = new ChartFiles(root);
        chart.walk(root, "", new HashSet<>(Set.of(chart.realRoot)));
        return chart.files;
    }

    private static HelmIgnore ignore(Path file) throws IOException {
        try {
            return HelmIgnore.parse(Files.isRegularFile(file) ? Files.readString(file) : "");
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(file + ": " + e.getMessage(), null);
        } catch (CharacterCodingException e) {
            throw CommandException.failed(file + " is not UTF-8 text", null);
        }
    }

    private void walk(Path directory, String prefix, Set<Path> above) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (++entries > MOST_ENTRIES) {
                    throw CommandException.failed(
                            root + " contains more than " + MOST_ENTRIES + " files",
                            "check that it is the folder of a chart");
                }
                String path = prefix + child.getFileName();
                if (!ignore.leavesOut(path, Files.isDirectory(child))) {
                    take(child, path, above);
                }
            }
        }
    }

    private void take(Path child, String path, Set<Path> above) throws IOException {
        if (Files.isSymbolicLink(child)) {
            requireInside(child, path);
        }
        BasicFileAttributes attributes = Files.readAttributes(child, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            files.put(path, child);
        } else if (attributes.isDirectory()) {
            Path real = child.toRealPath();
            if (!above.add(real)) {
                throw CommandException.failed(child + " is a link to one of its parent folders", null);
            }
            walk(child, path + "/", above);
            above.remove(real);
        } else {
            throw CommandException.failed(
                    child + " is neither a file nor a folder",
                    "remove it from the chart, or exclude it in .helmignore");
        }
    }

    private void requireInside(Path link, String path) throws IOException {
        if (!Files.exists(link)) {
            throw CommandException.failed(link + " is a dangling link", null);
        }
        if (!link.toRealPath().startsWith(realRoot)) {
            throw CommandException.failed(
                    link + " is a link: path escapes the chart",
                    "replace it by a copy, or exclude " + path + " in .helmignore");
        }
    }
}
