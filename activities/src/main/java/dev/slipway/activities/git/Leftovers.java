package dev.slipway.activities.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/** What a process that died has left in a clone. Whoever holds the clone's lock knows that nobody needs it any more. */
final class Leftovers extends SimpleFileVisitor<Path> {
    private static final Pattern PACK = Pattern.compile("pack-[0-9a-f]{40}\\.\\w+");

    private final Path objects;
    private final Path packs;

    private Leftovers(Path clone) {
        this.objects = clone.resolve("objects");
        this.packs = objects.resolve("pack");
    }

    static void clear(Path clone) throws IOException {
        Files.walkFileTree(clone, new Leftovers(clone));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean holdsLooseObjects = objects.equals(folder.getParent()) && !packs.equals(folder);
        return holdsLooseObjects ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = String.valueOf(file.getFileName());
        boolean unfinished = objects.equals(file.getParent())
                || (packs.equals(file.getParent()) && !PACK.matcher(name).matches());
        if (unfinished || name.endsWith(".lock") || name.equals("gc.pid")) {
            Files.deleteIfExists(file);
        }
        return FileVisitResult.CONTINUE;
    }
}
