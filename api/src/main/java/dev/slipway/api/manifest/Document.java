package dev.slipway.api.manifest;

import dev.slipway.core.resource.Kinds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One document as it was sent.
 *
 * @param content mappings, lists and texts
 * @param node where they stand in YAML; null for JSON, in which nobody counts lines
 */
public record Document(Object content, @Nullable Node node) {
    private static final String PROJECT = "project";

    /** The line of the field at {@code path}, or of what is nearest to it. */
    OptionalInt line(String path) {
        return node == null ? OptionalInt.empty() : OptionalInt.of(line(node, path, lineOf(node)));
    }

    /** This one, in {@code project} where it is of a kind that projects own, and names none. */
    Document in(String project) {
        if (!(content instanceof Map<?, ?> fields)
                || !Kinds.isOwned(fields.get(Manifests.KIND))
                || fields.get(PROJECT) != null) {
            return this;
        }
        Map<Object, Object> with = new LinkedHashMap<>(fields);
        with.put(PROJECT, project);
        return new Document(with, node);
    }

    private static int line(Node node, String path, int fallback) {
        return switch (node) {
            case MappingNode mapping -> inMapping(mapping, path, fallback);
            case SequenceNode list
            when path.startsWith("[") -> {
                int end = path.indexOf(']');
                int index = Integer.parseInt(path.substring(1, end));
                Node element = index < list.getValue().size() ? list.getValue().get(index) : list;
                yield line(element, path.substring(end + 1), lineOf(element));
            }
            default -> fallback;
        };
    }

    private static int inMapping(MappingNode mapping, String path, int fallback) {
        String rest = path.startsWith(".") ? path.substring(1) : path;
        for (NodeTuple field : mapping.getValue()) {
            if (field.getKeyNode() instanceof ScalarNode key && begins(rest, key.getValue())) {
                return line(field.getValueNode(), rest.substring(key.getValue().length()), lineOf(key));
            }
        }
        return fallback;
    }

    // Names that users choose may have dots in them.
    private static boolean begins(String path, String name) {
        return path.equals(name) || path.startsWith(name + ".") || path.startsWith(name + "[");
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
