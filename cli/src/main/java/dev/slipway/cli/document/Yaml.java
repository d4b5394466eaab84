package dev.slipway.cli.document;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML as trees. */
public final class Yaml {
    private Yaml() {}

    private static final class Lazy {
        static final YAMLMapper MAPPER = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
    }

    /** Fails with {@code JacksonException} on what is no YAML; an empty text is a missing node. */
    public static JsonNode parse(String text) {
        return Lazy.MAPPER.readTree(text);
    }

    public static String print(JsonNode node) {
        return Lazy.MAPPER.writeValueAsString(node).stripTrailing();
    }
}
