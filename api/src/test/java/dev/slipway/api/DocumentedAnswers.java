package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer that a test gets against the OpenAPI document: its status, headers, media type and schema. */
final class DocumentedAnswers {
    static final Path DOCUMENT = Path.of("..", "docs", "reference", "openapi.json");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOCATION = "https://slipway.invalid/openapi.json";
    private static final String TEXT = read();
    private static final JsonNode ROOT = JSON.readTree(TEXT);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(Map.of(LOCATION, TEXT)));

    private DocumentedAnswers() {}

    private static String read() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails where a route of the document has given an answer that it does not have there. */
    static void require(HttpRequest request, HttpResponse<byte[]> response) {
        operation(request).ifPresent(operation -> {
            String told = request + " -> " + response.statusCode() + " "
                    + new String(response.body(), StandardCharsets.UTF_8);
            JsonNode answer = resolved(operation.path("responses").path(String.valueOf(response.statusCode())));
            assertThat(answer.isObject()).as("documented: " + told).isTrue();
            answer.path("headers").forEachEntry((name, header) -> {
                if (header.path("required").asBoolean(false)) {
                    assertThat(response.headers().firstValue(name))
                            .as(name + " of " + told)
                            .isPresent();
                }
            });
            requireBody(answer.path("content"), response, told);
        });
    }

    private static void requireBody(JsonNode content, HttpResponse<byte[]> response, String told) {
        if (response.body().length == 0) {
            return;
        }
        MediaType type = MediaType.parseMediaType(
                response.headers().firstValue("Content-Type").orElseThrow());
        JsonNode documented = content.path(type.getType() + "/" + type.getSubtype());
        assertThat(documented.isObject()).as("documented media type of " + told).isTrue();
        if (type.getSubtype().endsWith("json")) {
            Schema schema = SCHEMAS.getSchema(
                    SchemaLocation.of("https://slipway.invalid/inline.json"),
                    JSON.readTree(documented.path("schema").toString().replace("\"#/", "\"" + LOCATION + "#/")));
            assertThat(schema.validate(JSON.readTree(response.body()))).as(told).isEmpty();
        }
    }

    /** The one whose path has most of the request's words in it; empty for what is no route. */
    private static Optional<JsonNode> operation(HttpRequest request) {
        String asked = request.uri().getRawPath();
        return ROOT.path("paths")
                .propertyStream()
                .filter(path -> Pattern.matches(path.getKey().replaceAll("\\{[a-z]+}", "[^/]+"), asked))
                .min(Comparator.comparingLong(
                        path -> path.getKey().chars().filter(c -> c == '{').count()))
                .map(path -> path.getValue().path(request.method().toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject);
    }

    static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : ROOT.at(reference.substring(1));
    }
}
