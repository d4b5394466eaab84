package dev.slipway.activities.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a YAML text says, however it is written: mappings, lists and {@linkplain Leaf leaves}, with aliases and merge keys
 * followed.
 */
final class YamlMeaning {
    static final Leaf NOTHING = new Leaf(Tag.NULL, "");

    private final Map<String, Object> anchors = new HashMap<>();

    private YamlMeaning() {}

    /** A scalar, by what it is read as. */
    record Leaf(Tag tag, String value) {
        static Leaf of(Tag tag, String value) {
            return tag.equals(Tag.NULL) ? NOTHING : new Leaf(tag, value);
        }
    }

    static Object of(@Nullable YamlNode root) {
        return root == null ? NOTHING : new YamlMeaning().read(root);
    }

    /** Whether {@code path} leads to a mapping or a list. */
    static boolean isInside(Object meaning, List<String> path) {
        if (path.isEmpty()) {
            return !(meaning instanceof Leaf);
        }
        Object below = meaning instanceof Map<?, ?> map ? map.get(path.getFirst()) : null;
        return below != null && isInside(below, path.subList(1, path.size()));
    }

    /** {@code meaning}, where one leaf is other; what is nothing on the way becomes a mapping. */
    static Object with(Object meaning, List<String> path, Leaf leaf) {
        if (path.isEmpty()) {
            return leaf;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        if (meaning instanceof Map<?, ?> map) {
            map.forEach((key, value) -> changed.put((String) key, value));
        }
        Object below = changed.getOrDefault(path.getFirst(), NOTHING);
        changed.put(path.getFirst(), with(below, path.subList(1, path.size()), leaf));
        return changed;
    }

    private Object read(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> keep(scalar.anchor(), Leaf.of(scalar.tag(), scalar.value()));
            case YamlNode.Mapping mapping -> keep(mapping.anchor(), mapping(mapping));
            case YamlNode.Sequence sequence -> {
                List<Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(read(item)));
                yield keep(sequence.anchor(), items);
            }
            case YamlNode.Alias alias -> anchors.getOrDefault(alias.anchor(), NOTHING);
        };
    }

    private Object keep(@Nullable String anchor, Object value) {
        if (anchor != null) {
            anchors.put(anchor, value);
        }
        return value;
    }

    private Map<String, Object> mapping(YamlNode.Mapping mapping) {
        Map<String, Object> own = new LinkedHashMap<>();
        Map<String, Object> merged = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            read(entry.key());
            Object value = read(entry.value());
            if (entry.isMerge()) {
                merge(value, merged);
            } else {
                own.put(entry.key().value(), value);
            }
        }
        merged.forEach(own::putIfAbsent);
        return own;
    }

    private static void merge(Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> into.putIfAbsent((String) key, part));
        } else if (value instanceof List<?> list) {
            list.forEach(part -> merge(part, into));
        }
    }
}
