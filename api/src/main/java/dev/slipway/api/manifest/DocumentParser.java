package dev.slipway.api.manifest;

import dev.slipway.core.failure.InvalidInputException;
import java.io.StringReader;
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
import org.yaml.snakeyaml.nodes.Node;
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
    public static List<Document> yaml(byte[] body) {
        List<Document> documents = new ArrayList<>();
        PlainConstructor constructor = new PlainConstructor(options());
        try {
            for (Node node : parser(constructor).composeAll(new StringReader(text(body)))) {
                Object content = constructor.read(node);
                if (content != null) {
                    documents.add(new Document(content, node));
                }
            }
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " (line " + (e.getProblemMark().getLine() + 1) + ", column "
                            + (e.getProblemMark().getColumn() + 1) + ")";
            throw new InvalidInputException(BODY, "invalid YAML: " + e.getProblem() + where);
        } catch (YAMLException e) {
            throw new InvalidInputException(BODY, "invalid YAML: " + e.getMessage());
        }
        return documents;
    }

    /** The documents of a JSON body: the one object, or the elements of the array. */
    static List<Document> json(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(text(body));
        } catch (JacksonException e) {
            throw new InvalidInputException(BODY, "invalid JSON: " + e.getOriginalMessage());
        }
        Object document = plain(node);
        List<?> documents =
                document instanceof List<?> several ? several : document == null ? List.of() : List.of(document);
        return documents.stream()
                .map(each -> new Document(each == null ? "" : each, null))
                .toList();
    }

    private static Yaml parser(PlainConstructor constructor) {
        DumperOptions unused = new DumperOptions();
        return new Yaml(constructor, new Representer(unused), unused, options(), new PlainResolver());
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LARGEST);
        return options;
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
