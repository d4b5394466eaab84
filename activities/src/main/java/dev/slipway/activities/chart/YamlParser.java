package dev.slipway.activities.chart;

import dev.slipway.core.input.Names;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads one YAML document strictly: no key twice, no types by tag, and nothing that grows when aliases are followed. */
final class YamlParser {
    private static final int DEEPEST = 50;
    private static final long MOST_NODES = 250_000;
    private static final Set<Tag> TAGS = Set.of(
            Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.BINARY, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private final Resolver resolver = new Resolver();
    private final Iterator<Event> events;
    private final int @Nullable [] offsets;
    private final Map<String, Long> sizes = new HashMap<>();
    private long size;

    private YamlParser(String text) {
        this.events =
                new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
        this.offsets = offsets(text);
    }

    /** The content of {@code text}, null where there is none. {@code file} is named in errors. */
    static @Nullable YamlNode parse(String file, String text) {
        try {
            return new YamlParser(text).document();
        } catch (Refused e) {
            throw YamlFile.invalid(file, String.valueOf(e.getMessage()));
        } catch (MarkedYAMLException e) {
            throw YamlFile.invalid(
                    file, "invalid YAML: " + Names.shown(String.valueOf(e.getProblem())) + where(e.getProblemMark()));
        } catch (YAMLException e) {
            throw YamlFile.invalid(file, "invalid YAML: contains a character that is not allowed there");
        }
    }

    private @Nullable YamlNode document() {
        YamlNode root = null;
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                default -> root = node(event, 0);
            }
            if (documents > 1) {
                throw new Refused("contains several documents; only one is supported" + where(event.getStartMark()));
            }
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new Refused("is nested deeper than " + DEEPEST + " levels" + where(event.getStartMark()));
        }
        String anchor = ((NodeEvent) event).getAnchor();
        long before = size;
        grow(1);
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case AliasEvent alias -> alias(alias);
            default -> throw new IllegalStateException(event.toString());
        };
        if (!(node instanceof YamlNode.Alias) && anchor != null) {
            sizes.put(anchor, size - before);
        }
        return node;
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        requireTag(event.getTag(), event);
        Tag tag = event.getTag() == null || event.getTag().equals("!")
                ? resolver.resolve(
                        NodeId.scalar, event.getValue(), event.getImplicit().canOmitTagInPlainScalar())
                : new Tag(event.getTag());
        return new YamlNode.Scalar(
                at(event.getStartMark()),
                at(event.getEndMark()),
                event.getAnchor(),
                tag,
                event.getValue(),
                event.getScalarStyle());
    }

    private YamlNode.Mapping mapping(MappingStartEvent start, int depth) {
        requireTag(start.getTag(), start);
        List<YamlNode.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Event next = events.next();
        while (!next.is(Event.ID.MappingEnd)) {
            if (!(node(next, depth + 1) instanceof YamlNode.Scalar key)) {
                throw new Refused("has a key that is not a string" + where(next.getStartMark()));
            }
            if (!keys.add(key.value())) {
                throw new Refused(
                        "has the key \"" + Names.shown(key.value()) + "\" twice" + where(next.getStartMark()));
            }
            entries.add(new YamlNode.Entry(key, node(events.next(), depth + 1)));
            next = events.next();
        }
        return new YamlNode.Mapping(
                at(start.getStartMark()), at(next.getEndMark()), start.getAnchor(), start.isFlow(), entries);
    }

    private YamlNode.Sequence sequence(SequenceStartEvent start, int depth) {
        requireTag(start.getTag(), start);
        List<YamlNode> items = new ArrayList<>();
        Event next = events.next();
        while (!next.is(Event.ID.SequenceEnd)) {
            items.add(node(next, depth + 1));
            next = events.next();
        }
        return new YamlNode.Sequence(
                at(start.getStartMark()), at(next.getEndMark()), start.getAnchor(), start.isFlow(), items);
    }

    private YamlNode.Alias alias(AliasEvent event) {
        Long target = sizes.get(event.getAnchor());
        if (target == null) {
            throw new Refused(
                    "has an alias to an anchor that is undefined or incomplete" + where(event.getStartMark()));
        }
        grow(target);
        return new YamlNode.Alias(at(event.getStartMark()), at(event.getEndMark()), event.getAnchor());
    }

    private void grow(long nodes) {
        size += nodes;
        if (size > MOST_NODES) {
            throw new Refused("is too large: more than " + MOST_NODES + " values once its aliases are followed");
        }
    }

    private static void requireTag(@Nullable String tag, Event event) {
        if (tag != null && !tag.equals("!") && !TAGS.contains(new Tag(tag))) {
            throw new Refused("has a tag; tags are not supported" + where(event.getStartMark()));
        }
    }

    private int at(Mark mark) {
        return offsets == null ? mark.getIndex() : offsets[mark.getIndex()];
    }

    // Marks count characters, and strings count halves of those beyond the first plane.
    private static int @Nullable [] offsets(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length == text.length()) {
            return null;
        }
        int[] offsets = new int[points.length + 1];
        for (int i = 0; i < points.length; i++) {
            offsets[i + 1] = offsets[i] + Character.charCount(points[i]);
        }
        return offsets;
    }

    private static String where(@Nullable Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ")";
    }

    /** Says what is wrong, and is told with the name of the file. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
