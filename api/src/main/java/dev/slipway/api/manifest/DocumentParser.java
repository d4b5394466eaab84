package dev.slipway.api.manifest;

import dev.slipway.core.failure.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads YAML or JSON into mappings, lists and texts: numbers and booleans stay as they are written. */
public final class DocumentParser {
    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 50;
    private static final int LARGEST = 3 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String BODY = "body";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private DocumentParser() {}

    /** The documents of a YAML stream; those without content are left out. */
    public static List<Object> yaml(byte[] body) {
        List<Object> documents = new ArrayList<>();
        try {
            for (Object document : parser().loadAll(text(body))) {
                if (document != null) {
                    documents.add(document);
                }
            }
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " (line " + (e.getProblemMark().getLine() + 1) + ", column "
                            + (e.getProblemMark().getColumn() + 1) + ")";
            throw new InvalidInputException(BODY, "cannot be read as YAML: " + e.getProblem() + where);
        } catch (YAMLException e) {
            throw new InvalidInputException(BODY, "cannot be read as YAML: " + e.getMessage());
        }
        return documents;
    }

    /** The documents of a JSON body: the one object, or the elements of the array. */
    static List<Object> json(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(text(body));
        } catch (JacksonException e) {
            throw new InvalidInputException(BODY, "cannot be read as JSON: " + e.getOriginalMessage());
        }
        Object document = plain(node);
        if (document instanceof List<?> documents) {
            return new ArrayList<>(documents);
        }
        return document == null ? List.of() : List.of(document);
    }

    private static Yaml parser() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LARGEST);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new PlainConstructor(options), new Representer(unused), unused, options, new PlainResolver());
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(BODY, "is not UTF-8");
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.forEachEntry((name, value) -> map.put(name, plain(value)));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(value -> list.add(plain(value)));
            return list;
        }
        return node.isNull() || node.isMissingNode() ? null : node.asString();
    }
}
