package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Trees are made anew along one path; whatever lies beside it is kept as it is. There is no work tree: no link is
 * followed, no filter run, and the cost does not depend on what else the repository holds.
 */
final class Trees {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    Trees(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** The folder at {@code path} of {@code root}; empty where there is none, or no {@code root}. */
    Optional<ObjectId> folder(@Nullable ObjectId root, RepositoryPath path) throws IOException {
        if (root == null) {
            return Optional.empty();
        }
        Optional<ObjectId> entry = entry(root, path);
        return path.isLast() || entry.isEmpty() ? entry : folder(entry.get(), path.rest());
    }

    private Optional<ObjectId> entry(ObjectId tree, RepositoryPath path) throws IOException {
        for (CanonicalTreeParser entries = parser(tree); !entries.eof(); entries = entries.next()) {
            if (isNamed(entries, path.first())) {
                requireFolder(entries, path);
                return Optional.of(entries.getEntryObjectId());
            }
        }
        return Optional.empty();
    }

    /** {@code root} with {@code folder} at {@code path}; without anything there where {@code folder} is null. */
    ObjectId with(@Nullable ObjectId root, RepositoryPath path, @Nullable ObjectId folder) throws IOException {
        ObjectId changed = changed(root, path, folder);
        return changed == null ? inserter.insert(new TreeFormatter()) : changed;
    }

    /** Null for a tree without entries, which Git does not keep. */
    private @Nullable ObjectId changed(@Nullable ObjectId tree, RepositoryPath path, @Nullable ObjectId folder)
            throws IOException {
        ObjectId own = folder;
        if (!path.isLast()) {
            ObjectId child = tree == null ? null : entry(tree, path).orElse(null);
            own = changed(child, path.rest(), folder);
        }
        TreeFormatter formatter = new TreeFormatter();
        boolean isEmpty = own == null;
        boolean isWritten = own == null;
        byte[] name = path.first();
        if (tree != null) {
            for (CanonicalTreeParser entries = parser(tree); !entries.eof(); entries = entries.next()) {
                if (!isWritten && comesBefore(name, entries)) {
                    formatter.append(name, FileMode.TREE, own);
                    isWritten = true;
                }
                if (isNamed(entries, name)) {
                    requireFolder(entries, path);
                } else {
                    append(formatter, entries);
                    isEmpty = false;
                }
            }
        }
        if (!isWritten) {
            formatter.append(name, FileMode.TREE, own);
        }
        return isEmpty ? null : inserter.insert(formatter);
    }

    /** Writes a folder with these files. */
    ObjectId write(Map<String, TreeFile> files) throws IOException {
        Folder top = new Folder();
        for (Map.Entry<String, TreeFile> file : files.entrySet()) {
            top.add(RepositoryPath.parse(file.getKey()), file.getValue());
        }
        return top.write();
    }

    private CanonicalTreeParser parser(ObjectId tree) throws IOException {
        return new CanonicalTreeParser(null, reader, tree);
    }

    private static boolean comesBefore(byte[] name, CanonicalTreeParser entry) {
        byte[] other = nameOf(entry);
        return Paths.compare(name, 0, name.length, FileMode.TYPE_TREE, other, 0, other.length, entry.getEntryRawMode())
                < 0;
    }

    private static boolean isNamed(CanonicalTreeParser entry, byte[] name) {
        return java.util.Arrays.equals(nameOf(entry), name);
    }

    private static byte[] nameOf(CanonicalTreeParser entry) {
        byte[] name = new byte[entry.getNameLength()];
        entry.getName(name, 0);
        return name;
    }

    private static void append(TreeFormatter formatter, CanonicalTreeParser entry) {
        formatter.append(nameOf(entry), entry.getEntryFileMode(), entry.getEntryObjectId());
    }

    private static void requireFolder(CanonicalTreeParser entry, RepositoryPath path) {
        if (!FileMode.TREE.equals(entry.getEntryRawMode())) {
            String what = switch (entry.getEntryRawMode() & FileMode.TYPE_MASK) {
                case FileMode.TYPE_SYMLINK -> "a symbolic link";
                case FileMode.TYPE_GITLINK -> "a submodule";
                default -> "a file";
            };
            throw new SlipwayException(
                    FailureType.GIT_REFUSED,
                    "\"" + path.segments().getFirst() + "\", on the way to the chart's folder, is " + what
                            + " in the repository. Remove it there, or choose another path.");
        }
    }

    /** Files and folders by name, on their way into the repository. */
    private final class Folder {
        private final SortedMap<String, TreeFile> files = new TreeMap<>();
        private final SortedMap<String, Folder> folders = new TreeMap<>();

        void add(RepositoryPath path, TreeFile file) {
            String name = path.segments().getFirst();
            if (path.isLast()) {
                files.put(name, file);
            } else {
                folders.computeIfAbsent(name, _ -> new Folder()).add(path.rest(), file);
            }
        }

        ObjectId write() throws IOException {
            SortedMap<String, Runnable> entries = new TreeMap<>(Trees::compareNames);
            TreeFormatter formatter = new TreeFormatter();
            for (Map.Entry<String, Folder> folder : folders.entrySet()) {
                ObjectId id = folder.getValue().write();
                entries.put(folder.getKey() + "/", () -> formatter.append(folder.getKey(), FileMode.TREE, id));
            }
            for (Map.Entry<String, TreeFile> file : files.entrySet()) {
                ObjectId id =
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().bytes());
                FileMode mode = file.getValue().executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
                entries.put(file.getKey(), () -> formatter.append(file.getKey(), mode, id));
            }
            entries.values().forEach(Runnable::run);
            return inserter.insert(formatter);
        }
    }

    /** Git's order: by bytes, a folder as if its name ended in a slash. */
    private static int compareNames(String one, String other) {
        return java.util.Arrays.compareUnsigned(Constants.encode(one), Constants.encode(other));
    }
}
