package dev.slipway.cli.document;

import dev.slipway.cli.terminal.Untrusted;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as trees. The answers of the API are not bound to classes: what a newer server adds is printed like the rest,
 * and trees cost less at the start of a program that lives for a moment.
 */
public final class Json {
    private Json() {}

    // Loaded at first use: a run that needs no JSON does not pay for it.
    private static final class Lazy {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    /** Fails with {@link JacksonException} on what is no JSON. */
    public static JsonNode parse(String text) {
        return Lazy.MAPPER.readTree(text);
    }

    /** As {@link #parse}, for what a person has written: numbers stay as they are, and a name must not come twice. */
    public static JsonNode parseExactly(String text) {
        return Lazy.MAPPER
                .reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .readTree(text);
    }

    /** Mappings, lists and values as a tree. */
    public static JsonNode tree(Object value) {
        return Lazy.MAPPER.valueToTree(value);
    }

    public static ObjectNode object() {
        return Lazy.MAPPER.createObjectNode();
    }

    /** On one line, for the wire. */
    public static String compact(JsonNode node) {
        return Lazy.MAPPER.writeValueAsString(node);
    }

    /** Indented, for people and for files. */
    public static String pretty(JsonNode node) {
        return Untrusted.json(Lazy.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }

    /** The text of a field; empty where it is missing or null. */
    public static String text(JsonNode node, String field) {
        String text = textOrNull(node, field);
        return text == null ? "" : text;
    }

    /** The text of a field; null where it is missing or null. Numbers and truth values are given as text. */
    public static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isContainer() ? compact(value) : value.asString();
    }

    public static boolean flag(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    public static long number(JsonNode node, String field, long otherwise) {
        JsonNode value = node.get(field);
        return value != null && value.isIntegralNumber() ? value.longValue() : otherwise;
    }
}
