package dev.slipway.api.openapi;

import dev.slipway.api.Page;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.ReleaseReference;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the routes of a document have in common: tags, text without NUL, streams of events. */
// The model of Swagger has raw schemas.
@SuppressWarnings({"rawtypes", "unchecked"})
final class RouteForms {
    private static final String EVENTS = "text/event-stream";
    // Neither the database nor an operating system takes it.
    private static final String WITHOUT_NUL = "^[^\\u0000]*$";

    private static final Map<String, String> PATTERNS = Map.of(
            "path digest",
            Digest.PATTERN,
            "path name",
            Names.PATTERN,
            "path node",
            Names.PATTERN,
            "path project",
            Names.PATTERN,
            "path target",
            Names.PATTERN,
            "path version",
            ReleaseReference.VERSION_PATTERN,
            "header " + RequestKey.HEADER,
            RequestKey.PATTERN);

    private RouteForms() {}

    static void complete(OpenAPI document) {
        Set<String> tags = new TreeSet<>();
        document.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    // "/api/deployments/{id}/pause" is about deployments.
                    String tag = path.split("/", -1)[2];
                    tags.add(tag);
                    operation.setTags(List.of(tag));
                    if (operation.getParameters() != null) {
                        operation.getParameters().forEach(RouteForms::bound);
                    }
                    forms(operation);
                    streams(operation);
                }));
        document.setTags(tags.stream().map(name -> new Tag().name(name)).toList());
    }

    private static void bound(Parameter parameter) {
        String pattern = PATTERNS.get(parameter.getIn() + " " + parameter.getName());
        if (pattern != null) {
            // The schema that is there is of all parameters of this type.
            Schema<String> own = ProblemResponse.schemaOf("string");
            own.setPattern(pattern);
            parameter.setSchema(own);
        }
        Schema<?> schema = parameter.getSchema();
        if (parameter.getName().equals("limit")) {
            schema.setMinimum(BigDecimal.ONE);
            schema.setMaximum(BigDecimal.valueOf(Page.MOST));
        }
        form(schema);
    }

    /** Patterns are of the whole text, and text that has no form of its own is at least without NUL. */
    static void form(Schema<?> schema) {
        if (schema.getItems() != null) {
            form(schema.getItems());
        }
        String pattern = schema.getPattern();
        if (pattern != null && !pattern.startsWith("^")) {
            schema.setPattern(pattern.contains("|") ? "^(" + pattern + ")$" : "^" + pattern + "$");
        } else if (schema.getTypes() != null
                && schema.getTypes().contains("string")
                && schema.getPattern() == null
                && schema.getFormat() == null
                && schema.getEnum() == null) {
            schema.setPattern(WITHOUT_NUL);
        }
    }

    /** The parts of a form are parameters to Spring. */
    private static void forms(Operation operation) {
        if (operation.getRequestBody() == null || operation.getParameters() == null) {
            return;
        }
        MediaType form = operation.getRequestBody().getContent().get("multipart/form-data");
        if (form == null) {
            return;
        }
        for (Parameter parameter : List.copyOf(operation.getParameters())) {
            if (parameter.getIn().equals("query")) {
                operation.getParameters().remove(parameter);
                form.getSchema().addProperty(parameter.getName(), parameter.getSchema());
                if (Boolean.TRUE.equals(parameter.getRequired())) {
                    form.getSchema().addRequiredItem(parameter.getName());
                }
            }
        }
        parts(form).forEach((name, part) -> {
            if ("binary".equals(part.getFormat())) {
                form.getSchema().addRequiredItem(name);
            }
        });
        operation.getRequestBody().setRequired(true);
    }

    private static Map<String, Schema> parts(MediaType form) {
        return form.getSchema().getProperties();
    }

    /** OpenAPI 3.1 has no word for a stream's items; this is the one of 3.2. */
    private static void streams(Operation operation) {
        operation.getResponses().values().stream()
                .map(answer -> answer.getContent())
                .filter(content -> content != null && content.containsKey(EVENTS))
                .forEach(content -> content.put(EVENTS, stream(content.get(EVENTS))));
    }

    private static MediaType stream(MediaType declared) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", "string");
        data.put("contentMediaType", "application/json");
        data.put("contentSchema", Map.of("$ref", declared.getSchema().get$ref()));
        MediaType stream = new MediaType().schema(ProblemResponse.schemaOf("string"));
        stream.addExtension(
                "x-itemSchema",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("id", Map.of("type", "string"), "event", Map.of("type", "string"), "data", data)));
        return stream;
    }
}
