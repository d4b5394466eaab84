package dev.slipway.archive;

import dev.slipway.core.input.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All paths of an archive. No path is there twice, or below a file or a link, so that nothing is ever written through a
 * link; and a link stays inside however it is followed, also through others.
 */
final class EntryTree {
    static final int LONGEST_TARGET = 4_095;

    private static final int LONGEST_NAME = 255;
    private static final int FOLDER_MODE = 0755;
    // As Linux does.
    private static final int MOST_FOLLOWED = 40;
    private static final int MOST_STEPS = 10_000_000;
    private static final long MOST_TARGET_BYTES = 16L << 20;
    static final char UNDECODABLE = '\uFFFD';
    private static final String LINK_HINT =
            "Use a relative link to a path in the archive, or pack the file itself (tar --dereference, venv --copies).";

    enum Kind {
        FOLDER,
        FILE,
        SYMBOLIC_LINK,
        HARD_LINK
    }

    private static final class Node {
        final @Nullable Node parent;
        final String name;
        final Kind kind;
        final String target;
        final Map<String, Node> children;
        int mode;

        Node(@Nullable Node parent, String name, Kind kind, String target, int mode) {
            this.parent = parent;
            this.name = name;
            this.kind = kind;
            this.target = target;
            this.mode = mode;
            this.children = kind == Kind.FOLDER ? new LinkedHashMap<>() : Map.of();
        }

        String path() {
            return parent == null || parent.parent == null ? name : parent.path() + "/" + name;
        }
    }

    private final ArchiveLimits limits;
    private final ArchiveSink sink;
    private final Node root = new Node(null, "", Kind.FOLDER, "", FOLDER_MODE);
    private final List<Node> links = new ArrayList<>();
    private int nodes;
    private int steps;
    private long targetBytes;

    EntryTree(ArchiveLimits limits, ArchiveSink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** Returns the plain path of the entry. The sink gets the folders that it is in, where they are new. */
    String add(String entry, Kind kind, String target, int mode) throws IOException {
        List<String> segments = requirePath(entry);
        if (segments.isEmpty()) {
            require(kind == Kind.FOLDER, entry, "has the path of the archive root");
            return "";
        }
        Node folder = root;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            Node next = folder.children.get(segment);
            folder = next == null ? make(folder, segment, Kind.FOLDER, "", FOLDER_MODE) : next;
            require(
                    folder.kind == Kind.FOLDER,
                    entry,
                    "is below \"" + Names.shown(folder.path()) + "\", which is not a folder");
        }
        Node existing = folder.children.get(segments.getLast());
        if (existing == null) {
            Node node = make(folder, segments.getLast(), kind, target, mode);
            if (kind == Kind.SYMBOLIC_LINK || kind == Kind.HARD_LINK) {
                requireTarget(entry, target);
                links.add(node);
            }
            return node.path();
        }
        require(
                existing.kind == kind,
                entry,
                "is in the archive with two types, for example as a file and as a folder");
        require(kind == Kind.FOLDER, entry, "is in the archive twice");
        existing.mode = mode;
        return existing.path();
    }

    private Node make(Node folder, String name, Kind kind, String target, int mode) throws IOException {
        if (++nodes > limits.entries()) {
            throw Refusal.tooLarge("has more than " + limits.entries() + " entries", "Pack fewer files.");
        }
        Node node = new Node(folder, name, kind, target, mode);
        folder.children.put(name, node);
        if (kind == Kind.FOLDER) {
            sink.folder(node.path());
        }
        return node;
    }

    private List<String> requirePath(String entry) {
        require(bytes(entry) <= limits.pathBytes(), entry, "has a path of more than " + limits.pathBytes() + " bytes");
        requireText(entry, entry);
        require(!entry.startsWith("/"), entry, "has an absolute path");
        List<String> segments = segments(entry);
        for (String segment : segments) {
            require(!segment.equals(".."), entry, "has a path with \"..\": path escapes the archive root");
            require(bytes(segment) <= LONGEST_NAME, entry, "has a name of more than " + LONGEST_NAME + " bytes");
        }
        if (segments.size() > limits.depth()) {
            throw Refusal.tooLarge("has folders more than " + limits.depth() + " deep", "Pack fewer levels.");
        }
        return segments;
    }

    private void requireTarget(String entry, String target) {
        targetBytes += bytes(target);
        if (targetBytes > MOST_TARGET_BYTES) {
            throw Refusal.tooLarge("has links with more than 16 MiB of targets", "Pack fewer links.");
        }
        require(
                !target.isEmpty() && bytes(target) <= LONGEST_TARGET,
                entry,
                "is a link whose target has no valid length");
        requireText(entry, target);
        require(!target.startsWith("/"), entry, "is a link to an absolute path", LINK_HINT);
    }

    private static void requireText(String entry, String text) {
        if (text.indexOf(UNDECODABLE) >= 0) {
            throw Refusal.notUtf8(entry);
        }
        require(
                text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\'),
                entry,
                "has a control character or a backslash in its name");
    }

    /** Has the sink make the links, and finish the folders, once all of them are known to stay inside. */
    void finish() throws IOException {
        List<Node> files = new ArrayList<>();
        for (Node link : links) {
            Node file = link.kind == Kind.HARD_LINK ? linked(link) : link;
            if (file.kind == Kind.SYMBOLIC_LINK) {
                // A hard link to a symbolic link is that link, at another place.
                requireInside(link, file.target);
            }
            files.add(file);
        }
        for (int i = 0; i < files.size(); i++) {
            Node file = files.get(i);
            if (file.kind == Kind.FILE) {
                sink.hardLink(links.get(i).path(), file.path());
            } else {
                sink.symbolicLink(links.get(i).path(), file.target);
            }
        }
        finish(root);
    }

    private void finish(Node folder) throws IOException {
        for (Node node : folder.children.values()) {
            if (node.kind == Kind.FOLDER) {
                finish(node);
                sink.finished(node.path(), node.mode);
            }
        }
    }

    /** The file or the symbolic link that a hard link is another name of. */
    private Node linked(Node link) {
        Node at = link;
        for (int followed = 0; at.kind == Kind.HARD_LINK; followed++) {
            Node next = find(at.target);
            if (next == null || next.kind == Kind.FOLDER || followed == MOST_FOLLOWED) {
                throw Refusal.unsafe(
                        link.path(),
                        "is a hard link to \"" + Names.shown(at.target) + "\", which is not a file of the archive");
            }
            at = next;
        }
        return at;
    }

    private @Nullable Node find(String path) {
        Node at = root;
        for (String segment : countedSegments(path)) {
            Node next = at.children.get(segment);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private void requireInside(Node link, String target) {
        Deque<String> rest = new ArrayDeque<>(countedSegments(target));
        Node at = parent(link);
        // How many steps it is from there to a path that the archive does not have.
        int missing = 0;
        int followed = 0;
        while (!rest.isEmpty()) {
            String segment = rest.pop();
            Node next = missing > 0 ? null : at.children.get(segment);
            if (segment.equals("..")) {
                require(
                        missing > 0 || at.parent != null,
                        link.path(),
                        "is a link to \"" + Names.shown(target) + "\": path escapes the archive root",
                        LINK_HINT);
                at = missing > 0 ? at : parent(at);
                missing = Math.max(missing - 1, 0);
            } else if (next == null) {
                missing++;
            } else {
                Node file = next.kind == Kind.HARD_LINK ? linked(next) : next;
                if (file.kind == Kind.SYMBOLIC_LINK) {
                    require(++followed < MOST_FOLLOWED, link.path(), "follows more than " + MOST_FOLLOWED + " links");
                    countedSegments(file.target).reversed().forEach(rest::push);
                } else {
                    at = next;
                }
            }
        }
    }

    private List<String> countedSegments(String path) {
        List<String> segments = segments(path);
        steps += segments.size();
        if (steps > MOST_STEPS) {
            throw Refusal.tooLarge("has links that resolve in too many steps", "Pack fewer links.");
        }
        return segments;
    }

    private static Node parent(Node node) {
        return node.parent == null ? node : node.parent;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean safe, String entry, String problem) {
        require(safe, entry, problem, "Repackage the archive without it.");
    }

    private static void require(boolean safe, String entry, String problem, String hint) {
        if (!safe) {
            throw Refusal.unsafe(entry, problem, hint);
        }
    }
}
