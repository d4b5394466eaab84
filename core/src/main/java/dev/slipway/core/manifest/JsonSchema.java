package dev.slipway.core.manifest;

import dev.slipway.core.manifest.Shape.Dictionary;
import dev.slipway.core.manifest.Shape.Mapping;
import dev.slipway.core.manifest.Shape.Part;
import dev.slipway.core.manifest.Shape.Scalar;
import dev.slipway.core.manifest.Shape.Sequence;
import dev.slipway.core.manifest.Shape.Union;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON Schema of manifests, as plain mappings and lists. Editors know draft 7 best; newer ones have the same words. */
public final class JsonSchema {
    // YAML takes an unquoted 042 or yes for something else than the text that is read here.
    private static final List<String> TEXT = List.of("string", "number", "boolean");

    private JsonSchema() {}

    /** One document of any of {@code kinds}. */
    public static Map<String, Object> of(List<Class<? extends Record>> kinds) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Slipway manifest");
        if (kinds.size() == 1) {
            schema.putAll(document(kinds.getFirst()));
            return schema;
        }
        Map<String, Object> definitions = new LinkedHashMap<>();
        List<Object> references = new ArrayList<>();
        for (Class<? extends Record> kind : kinds) {
            definitions.put(Shape.kind(kind), document(kind));
            references.add(Map.of("$ref", "#/definitions/" + Shape.kind(kind)));
        }
        schema.put("oneOf", references);
        schema.put("definitions", definitions);
        return schema;
    }

    /** A document of one kind, which refers to nothing else. */
    public static Map<String, Object> document(Class<? extends Record> type) {
        Kind kind = Objects.requireNonNull(type.getAnnotation(Kind.class));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("kind", constant(Shape.kind(type), "The kind of the document."));
        List<String> required = new ArrayList<>(List.of("kind"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("title", Shape.kind(type));
        schema.put("description", kind.value());
        schema.putAll(object(Shape.of(type).parts(), properties, required));
        if (kind.oneOf().length > 0) {
            schema.put(
                    "oneOf",
                    Arrays.stream(kind.oneOf())
                            .map(field -> Map.of("required", List.of(field)))
                            .toList());
        }
        return schema;
    }

    private static Map<String, Object> mapping(Mapping shape) {
        return object(shape.parts(), new LinkedHashMap<>(), new ArrayList<>());
    }

    private static Map<String, Object> object(List<Part> parts, Map<String, Object> properties, List<String> required) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.shape() instanceof Union union) {
                return oneOf(union, part, parts.subList(i + 1, parts.size()), properties, required);
            }
            properties.put(part.name(), described(part, value(part.shape(), part.field())));
            if (part.isRequired()) {
                required.add(part.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** An object for each variant, with all of its fields: editors do not put together what is said in parts. */
    private static Map<String, Object> oneOf(
            Union union, Part tag, List<Part> rest, Map<String, Object> properties, List<String> required) {
        List<Object> variants = new ArrayList<>();
        union.variants().forEach((name, variant) -> {
            Map<String, Object> own = new LinkedHashMap<>(properties);
            own.put(tag.name(), constant(name, tag.field().value()));
            List<String> wanted = new ArrayList<>(required);
            wanted.add(tag.name());
            List<Part> parts = new ArrayList<>(variant.parts());
            parts.addAll(rest);
            variants.add(object(parts, own, wanted));
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("oneOf", variants);
        return schema;
    }

    private static Map<String, Object> described(Part part, Map<String, Object> value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", part.field().value());
        schema.putAll(value);
        part.defaultValue().ifPresent(text -> schema.put("default", literal(part.shape(), text)));
        return schema;
    }

    private static Map<String, Object> constant(String value, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        schema.put("const", value);
        return schema;
    }

    private static Map<String, Object> value(Shape shape, Field field) {
        return switch (shape) {
            case Mapping mapping -> mapping(mapping);
            case Union _ -> throw new IllegalStateException("A union has no single value");
            case Sequence list -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", "array");
                schema.put("items", value(list.element(), field));
                if (field.notEmpty()) {
                    schema.put("minItems", 1);
                }
                yield schema;
            }
            case Dictionary dictionary -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", "object");
                schema.put("additionalProperties", value(dictionary.value(), field));
                yield schema;
            }
            case Scalar scalar -> scalar(scalar, field);
        };
    }

    private static Map<String, Object> scalar(Scalar scalar, Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (!scalar.values().isEmpty()) {
            schema.put("enum", scalar.values());
            return schema;
        }
        schema.put("type", type(scalar.form()));
        String pattern = scalar.form().pattern();
        if (pattern != null) {
            schema.put("pattern", "^(" + pattern + ")$");
        }
        if (scalar.form() == Form.INTEGER || scalar.form() == Form.DECIMAL) {
            if (!field.min().isEmpty()) {
                schema.put("minimum", new BigDecimal(field.min()));
            }
            if (!field.max().isEmpty()) {
                schema.put("maximum", new BigDecimal(field.max()));
            }
        }
        return schema;
    }

    private static Object type(Form form) {
        return switch (form) {
            case OF_TYPE, TEXT -> TEXT;
            case NAME, SECRET, SIZE -> List.of("string", "integer");
            case URL, DURATION, REPOSITORY -> "string";
            case INTEGER -> "integer";
            case DECIMAL -> "number";
            case FLAG -> "boolean";
        };
    }

    private static Object literal(Shape shape, String text) {
        Form form = shape instanceof Scalar scalar ? scalar.form() : Form.TEXT;
        return switch (form) {
            case INTEGER, DECIMAL -> new BigDecimal(text);
            case FLAG -> Boolean.valueOf(text);
            default -> text;
        };
    }
}
