package dev.slipway.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which schemas of a document are reached from where. */
// The model of Swagger has raw schemas.
@SuppressWarnings("rawtypes")
final class References {
    static final String PREFIX = "#/components/schemas/";

    private final OpenAPI document;
    private final Set<String> names = new LinkedHashSet<>();

    private References(OpenAPI document) {
        this.document = document;
    }

    /** The names of the schemas of which the bodies of requests are made. */
    static Set<String> ofRequests(OpenAPI document) {
        return reached(
                document,
                operation -> operation.getRequestBody() == null
                        ? Stream.empty()
                        : Stream.of(operation.getRequestBody().getContent()));
    }

    /** The names of the schemas of which answers are made. */
    static Set<String> ofAnswers(OpenAPI document) {
        return reached(
                document,
                operation -> operation.getResponses().values().stream().map(answer -> answer.getContent()));
    }

    private static Set<String> reached(OpenAPI document, Function<Operation, Stream<@Nullable Content>> bodies) {
        References references = new References(document);
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(bodies)
                .filter(Objects::nonNull)
                .flatMap(content -> content.values().stream())
                .forEach(media -> references.follow(media.getSchema()));
        return references.names;
    }

    private void follow(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        String reference = schema.get$ref();
        if (reference != null && reference.startsWith(PREFIX)) {
            String name = reference.substring(PREFIX.length());
            if (names.add(name)) {
                follow(document.getComponents().getSchemas().get(name));
            }
        }
        follow(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            follow(values);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::follow);
        }
        Stream.of(schema.getOneOf(), schema.getAnyOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .forEach(parts -> parts.forEach(this::follow));
    }
}
