package dev.slipway.activities.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/** Finds the one place in a YAML text that makes a path have a value, and what to write there. */
final class YamlEdit {
    private final String file;
    private final YamlLayout layout;
    private final @Nullable YamlNode root;
    private final List<String> path;
    private final String value;

    YamlEdit(String file, String text, @Nullable YamlNode root, List<String> path, String value) {
        this.file = file;
        this.layout = new YamlLayout(text, root);
        this.root = root;
        this.path = path;
        this.value = value;
    }

    /**
     * Puts {@code replacement} in the place of what is from {@code start} to {@code end}.
     *
     * @param tag what the value is read as from then on
     */
    record Change(int start, int end, String replacement, Tag tag) {
        static Change insert(int at, String text) {
            return new Change(at, at, text, Tag.STR);
        }

        String applied(String text) {
            return text.substring(0, start) + replacement + text.substring(end);
        }
    }

    /** {@code sibling}: behind which field a new one of the document goes; without it, behind the last one. */
    Change find(@Nullable String sibling) {
        if (root == null || (root instanceof YamlNode.Scalar scalar && scalar.isEmpty())) {
            return Change.insert(layout.length(), layout.atEnd(block(0, 0)));
        }
        if (root instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return inPlaceOf(scalar, scalar.end(), flow(0), Tag.STR);
        }
        if (!(root instanceof YamlNode.Mapping mapping)) {
            throw YamlFile.invalid(file, "must be a mapping of fields");
        }
        return in(mapping, 0, mapping.flow(), sibling);
    }

    private Change in(YamlNode.Mapping mapping, int depth, boolean inFlow, @Nullable String sibling) {
        YamlNode.Entry entry = mapping.find(path.get(depth));
        if (entry == null || entry.isMerge()) {
            return insert(mapping, depth, sibling);
        }
        boolean last = depth == path.size() - 1;
        return switch (entry.value()) {
            case YamlNode.Scalar scalar when last -> replace(entry.key(), scalar, inFlow);
            case YamlNode.Scalar scalar when scalar.isNull() -> fill(mapping, entry.key(), scalar, depth + 1, inFlow);
            case YamlNode.Mapping below when !last -> in(below, depth + 1, inFlow || below.flow(), null);
            case YamlNode.Scalar _ -> throw refused(depth, "is a scalar and has no fields");
            case YamlNode.Mapping _ -> throw refused(depth, "is a mapping and cannot be replaced by a string");
            case YamlNode.Sequence _ -> throw refused(depth, "is a list; a path can only traverse mappings");
            case YamlNode.Alias _ -> throw refused(depth, "is an alias; replace it by its value in the chart");
        };
    }

    private Change insert(YamlNode.Mapping mapping, int depth, @Nullable String sibling) {
        YamlNode.Entry behind = sibling == null ? null : mapping.find(sibling);
        if (mapping.entries().isEmpty()) {
            return Change.insert(layout.contentStart(mapping) + 1, flowEntry(depth));
        }
        int end = layout.contentEnd(behind == null ? mapping.entries().getLast() : behind);
        return mapping.flow()
                ? Change.insert(end, ", " + flowEntry(depth))
                : Change.insert(layout.lineEnd(end), layout.eol() + block(depth, layout.column(mapping)));
    }

    private Change replace(YamlNode.Scalar key, YamlNode.Scalar old, boolean inFlow) {
        if (YamlScalars.saysAlready(old, value)) {
            return Change.insert(old.start(), "");
        }
        if (old.isEmpty() && !layout.hasTag(old)) {
            return Change.insert(old.end(), layout.gap(key, old) + YamlScalars.written(value, inFlow));
        }
        if (old.isBlock()) {
            String written = YamlScalars.written(value, inFlow) + layout.blockComment(old);
            return inPlaceOf(old, layout.blockEnd(old), written, Tag.STR);
        }
        Tag kept = YamlScalars.keptTag(old, value);
        String written = switch (old.style()) {
            case SINGLE_QUOTED -> YamlScalars.singleQuoted(value);
            case DOUBLE_QUOTED -> YamlScalars.doubleQuoted(value);
            default -> kept == null ? YamlScalars.written(value, inFlow) : value;
        };
        return inPlaceOf(old, old.end(), written, kept == null ? Tag.STR : kept);
    }

    // A tag would say what type the new value has.
    private Change inPlaceOf(YamlNode.Scalar old, int end, String written, Tag tag) {
        return layout.hasTag(old)
                ? new Change(old.start(), end, (old.anchor() == null ? "" : "&" + old.anchor() + " ") + written, tag)
                : new Change(layout.contentStart(old), end, written, tag);
    }

    /** Makes a mapping of a field that has no value. */
    private Change fill(YamlNode.Mapping mapping, YamlNode.Scalar key, YamlNode.Scalar old, int depth, boolean inFlow) {
        if (!old.isEmpty() || layout.hasTag(old)) {
            return inPlaceOf(old, old.end(), flow(depth), Tag.STR);
        }
        return inFlow
                ? Change.insert(old.end(), layout.gap(key, old) + flow(depth))
                : Change.insert(
                        layout.lineEnd(old.end()), layout.eol() + block(depth, layout.column(mapping) + layout.step()));
    }

    private String block(int depth, int column) {
        StringBuilder lines = new StringBuilder();
        for (int i = depth; i < path.size(); i++) {
            lines.append(i == depth ? "" : layout.eol())
                    .repeat(' ', column + (i - depth) * layout.step())
                    .append(YamlScalars.written(path.get(i), false))
                    .append(':');
        }
        return lines.append(' ').append(YamlScalars.written(value, false)).toString();
    }

    private String flow(int depth) {
        return "{" + flowEntry(depth) + "}";
    }

    private String flowEntry(int depth) {
        String key = YamlScalars.written(path.get(depth), true) + ": ";
        return key + (depth == path.size() - 1 ? YamlScalars.written(value, true) : flow(depth + 1));
    }

    private RuntimeException refused(int depth, String problem) {
        return YamlFile.invalid(file, String.join(".", path.subList(0, depth + 1)) + " " + problem);
    }
}
