package dev.slipway.activities.chart;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.Storable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file that people write. A change is made in its text, so that comments, order and layout stay as they are; and
 * then read again, to be sure that it changed what it was meant to, and nothing else.
 */
final class YamlFile {
    private final String name;
    private final String text;
    private final @Nullable YamlNode root;

    private YamlFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.root = YamlParser.parse(name, text);
    }

    static YamlFile read(String name, byte[] content) {
        try {
            return new YamlFile(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException e) {
            throw invalid(name, "is not UTF-8", e);
        }
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The fields of the document: scalars as the text that is written, nothing where there is none. */
    Map<String, Object> texts() {
        if (!(YamlMeaning.of(root) instanceof Map<?, ?> fields)) {
            throw invalid(name, "must be a mapping of fields");
        }
        Map<String, Object> texts = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (!YamlMeaning.NOTHING.equals(value)) {
                texts.put((String) key, value instanceof YamlMeaning.Leaf leaf ? leaf.value() : value);
            }
        });
        return texts;
    }

    boolean has(String key) {
        return root instanceof YamlNode.Mapping mapping && mapping.find(key) != null;
    }

    /** With the text {@code value} at {@code path}, whose parts are parted by dots. */
    YamlFile with(String path, String value) {
        return edited(path, value, null);
    }

    /** With the field {@code key} of the document directly behind {@code sibling}. */
    YamlFile withBehind(String sibling, String key, String value) {
        return edited(key, value, sibling);
    }

    private YamlFile edited(String path, String value, @Nullable String sibling) {
        List<String> parts = List.of(path.split("\\.", -1));
        if (parts.contains("")) {
            throw invalid(name, "invalid path \"" + Names.shown(path) + "\": for example image.tag");
        }
        if (!Storable.isText(value)) {
            throw invalid(name, path + " must not contain NUL or an unpaired surrogate");
        }
        Object before = YamlMeaning.of(root);
        if (YamlMeaning.isInside(before, parts)) {
            throw invalid(name, path + " is a mapping or a list and cannot be replaced by a string");
        }
        YamlEdit edit = new YamlEdit(name, text, root, parts, value);
        YamlEdit.Change change = edit.find(sibling);
        Object wanted = YamlMeaning.with(before, parts, new YamlMeaning.Leaf(change.tag(), value));
        return reread(path, change.applied(text), wanted);
    }

    private YamlFile reread(String path, String changed, Object wanted) {
        SlipwayException unreadable = null;
        try {
            YamlFile file = new YamlFile(name, changed);
            if (YamlMeaning.of(file.root).equals(wanted)) {
                return file;
            }
        } catch (SlipwayException e) {
            unreadable = e;
        }
        throw invalid(
                name,
                path + " cannot be set without changing other values (anchor or merge key);"
                        + " write the value out in the chart",
                unreadable);
    }

    static SlipwayException invalid(String file, String problem) {
        return invalid(file, problem, null);
    }

    private static SlipwayException invalid(String file, String problem, @Nullable Throwable cause) {
        return new SlipwayException(FailureType.INVALID_CHART, file + ": " + problem, cause);
    }
}
