package dev.slipway.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes an interface as one of the records that implement it, which their field {@code kind} tells apart. */
// The model of Swagger has raw schemas.
@SuppressWarnings("rawtypes")
final class Unions {
    private static final String KIND = "kind";

    private final SchemaNames names;

    Unions(SchemaNames names) {
        this.names = names;
    }

    void complete(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        for (String name : List.copyOf(schemas.keySet())) {
            names.classOf(name).filter(Class::isInterface).ifPresent(type -> schemas.put(name, union(type, schemas)));
        }
    }

    private Schema<?> union(Class<?> type, Map<String, Schema> schemas) {
        Map<String, String> byKind = new TreeMap<>();
        schemas.forEach((name, schema) -> names.classOf(name)
                .filter(part -> part.isRecord() && type.isAssignableFrom(part))
                .ifPresent(_ -> byKind.put(kind(name, schema), References.PREFIX + name)));
        List<Schema> parts = new ArrayList<>();
        byKind.values().forEach(reference -> {
            JsonSchema part = new JsonSchema();
            part.set$ref(reference);
            parts.add(part);
        });
        JsonSchema union = new JsonSchema();
        union.setOneOf(parts);
        union.setDiscriminator(new Discriminator().propertyName(KIND).mapping(byKind));
        return union;
    }

    private static String kind(String name, Schema<?> schema) {
        Schema<?> kind = schema.getProperties().get(KIND);
        if (kind == null || kind.getEnum() == null || kind.getEnum().size() != 1) {
            throw new IllegalStateException("Field kind of " + name + " must have one allowable value");
        }
        return String.valueOf(kind.getEnum().getFirst());
    }
}
