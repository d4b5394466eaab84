package dev.slipway.api.openapi;

import dev.slipway.api.problem.ProblemType;
import dev.slipway.core.failure.FailureType;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The answer of one status whose body is a problem document of one of some types. */
final class ProblemResponse {
    static final String SCHEMA = "Problem";

    private ProblemResponse() {}

    static ApiResponse of(String name, Collection<ProblemType> types) {
        ProblemType any = types.iterator().next();
        ApiResponse response = new ApiResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(schema(name, types))));
        if (any.isTransient()) {
            response.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    new Header()
                            .description("Seconds after which the same request may succeed")
                            .required(true)
                            .schema(schemaOf("integer")));
        }
        if (any.status() == HttpStatus.UNAUTHORIZED) {
            response.addHeaderObject(
                    HttpHeaders.WWW_AUTHENTICATE,
                    new Header().description("The scheme: Bearer").schema(schemaOf("string")));
        }
        return response;
    }

    /** The name of a response component, which is the same for the same types. */
    static String name(Collection<ProblemType> types) {
        return types.stream().map(ProblemResponse::name).collect(Collectors.joining("Or"));
    }

    private static String name(ProblemType type) {
        // The one type that comes with two statuses.
        String prefix = type.equals(ProblemType.unprocessable(FailureType.INVALID_INPUT)) ? "Unprocessable" : "";
        return prefix
                + Arrays.stream(type.name().split("-", -1))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static Schema<?> schema(String name, Collection<ProblemType> types) {
        Schema<String> names = schemaOf("string");
        names.setEnum(types.stream().map(ProblemType::uri).toList());
        JsonSchema problem = new JsonSchema();
        problem.set$ref(References.PREFIX + SCHEMA);
        Schema<Object> ofTheseTypes = schemaOf("object");
        ofTheseTypes.setProperties(Map.of("type", names));
        Schema<?> schema = new JsonSchema().allOf(List.of(problem, ofTheseTypes));
        // Generators name their classes by it.
        schema.setTitle(name + SCHEMA);
        return schema;
    }

    static <T> Schema<T> schemaOf(String type) {
        @SuppressWarnings("unchecked")
        Schema<T> schema = (Schema<T>) (Schema<?>) new JsonSchema();
        schema.setTypes(Set.of(type));
        return schema;
    }
}
