package dev.slipway.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of records what is required and what can be null, from {@link Nullable} and {@link JsonInclude}. Answers have all
 * their fields but those that are left out where they are empty. Requests have the fields that are marked as required,
 * leave out any other or send null, and have no further one.
 */
// The model of Swagger has raw schemas.
@SuppressWarnings("rawtypes")
final class RecordSchemas {
    private static final String NULL = "null";

    private final SchemaNames names;

    RecordSchemas(SchemaNames names) {
        this.names = names;
    }

    void complete(OpenAPI document) {
        Set<String> requests = References.ofRequests(document);
        Set<String> answers = References.ofAnswers(document);
        document.getComponents().getSchemas().forEach((name, schema) -> {
            Class<?> type = names.classOf(name).orElse(null);
            if (type == null || !type.isRecord()) {
                return;
            }
            if (requests.contains(name) && answers.contains(name)) {
                throw new IllegalStateException(
                        type.getName() + " is in requests and in answers, where null and what is"
                                + " required mean different things; make two records of it");
            }
            if (requests.contains(name)) {
                request(schema);
            } else {
                answer(schema, type);
            }
        });
    }

    private static void request(Schema<?> schema) {
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        properties(schema).values().forEach(RouteForms::form);
        properties(schema).replaceAll((name, value) -> required.contains(name) ? value : nullable(value));
        schema.setAdditionalProperties(false);
    }

    private static void answer(Schema<?> schema, Class<?> type) {
        Set<String> required = new LinkedHashSet<>();
        Map<String, Schema> properties = properties(schema);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            Schema<?> property = properties.get(name);
            if (property == null) {
                continue;
            }
            boolean canBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            switch (included(component, type)) {
                case NON_EMPTY -> {
                    if (!canBeNull && !canBeEmpty(component.getType())) {
                        required.add(name);
                    }
                }
                case NON_NULL -> {
                    if (!canBeNull) {
                        required.add(name);
                    }
                }
                default -> {
                    required.add(name);
                    if (canBeNull) {
                        properties.put(name, nullable(property));
                    }
                }
            }
        }
        schema.setRequired(required.isEmpty() ? null : new ArrayList<>(required));
    }

    private static JsonInclude.Include included(RecordComponent component, Class<?> type) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude whole = type.getAnnotation(JsonInclude.class);
        JsonInclude rule = own == null ? whole : own;
        return rule == null ? JsonInclude.Include.ALWAYS : rule.value();
    }

    private static boolean canBeEmpty(Class<?> type) {
        return List.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static Map<String, Schema> properties(Schema<?> schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    static Schema<?> nullable(Schema<?> schema) {
        if (schema.get$ref() != null || schema.getTypes() == null) {
            return new JsonSchema().anyOf(List.of(schema, ProblemResponse.schemaOf(NULL)));
        }
        Set<String> types = new LinkedHashSet<>(schema.getTypes());
        types.add(NULL);
        schema.setTypes(types);
        if (schema.getEnum() != null) {
            List<Object> values = new ArrayList<>(schema.getEnum());
            values.add(null);
            withEnum(schema, values);
        }
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static void withEnum(Schema<?> schema, List<Object> values) {
        ((Schema<Object>) schema).setEnum(values);
    }
}
