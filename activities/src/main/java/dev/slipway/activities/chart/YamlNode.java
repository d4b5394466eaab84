package dev.slipway.activities.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of a YAML text, and where it stands: from {@code start}, with its anchor and tag, to {@code end}. */
sealed interface YamlNode {
    int start();

    int end();

    // The tag says what the scalar is read as.
    record Scalar(int start, int end, @Nullable String anchor, Tag tag, String value, ScalarStyle style)
            implements YamlNode {
        boolean isNull() {
            return tag.equals(Tag.NULL);
        }

        /** Whether there is nothing in the text, except perhaps an anchor. */
        boolean isEmpty() {
            return value.isEmpty() && style == ScalarStyle.PLAIN;
        }

        boolean isBlock() {
            return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        }
    }

    // In a flow, which is written in braces, lines and columns mean nothing.
    record Mapping(int start, int end, @Nullable String anchor, boolean flow, List<Entry> entries) implements YamlNode {
        @Nullable
        Entry find(String key) {
            for (Entry entry : entries) {
                if (entry.key().value().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    record Sequence(int start, int end, @Nullable String anchor, boolean flow, List<YamlNode> items)
            implements YamlNode {}

    record Alias(int start, int end, String anchor) implements YamlNode {}

    record Entry(Scalar key, YamlNode value) {
        boolean isMerge() {
            return key.tag().equals(Tag.MERGE);
        }
    }
}
