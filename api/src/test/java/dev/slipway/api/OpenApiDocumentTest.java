package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/reference/openapi.json is what the API serves, and says of every route all that a client needs. To write it
 * again: {@code mvn -pl api -am test -Dtest=OpenApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dslipway.docs.write=true}.
 */
@ApiTest
class OpenApiDocumentTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Set<String> WITHOUT_BODY = Set.of("202", "204");

    @LocalServerPort
    private int port;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private JsonNode served() {
        return Api.asOperator(port).get("/api/openapi.json").expect(200).json();
    }

    @Test
    void isServedAsItIsKept() throws IOException {
        String served = JSON.writeValueAsString(served()) + "\n";
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(DocumentedAnswers.DOCUMENT, served);
        }

        assertThat(DocumentedAnswers.DOCUMENT)
                .as("the document is stale; the class comment says how to write it again")
                .hasContent(served);
    }

    @Test
    void hasEveryRouteOfTheApi() {
        Set<String> routes = new TreeSet<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((mapping, _) -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + path))));
        routes.removeIf(route -> !route.contains(" /api/") || route.contains("/api/openapi"));

        Set<String> documented = new TreeSet<>();
        forEachOperation(served(), (name, _) -> documented.add(name));

        assertThat(documented).isEqualTo(routes).hasSizeGreaterThan(40);
    }

    @Test
    void saysOfEveryRouteAllThatAClientNeeds() {
        JsonNode document = served();
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        forEachOperation(document, (name, operation) -> {
            require(problems, ids.add(operation.path("operationId").asString("")), name + ": operationId of another");
            require(
                    problems,
                    Pattern.matches(
                            "[a-z]+([A-Z][a-z]*)*",
                            operation.path("operationId").asString("")),
                    name + ": operationId");
            require(problems, !operation.path("summary").asString("").isBlank(), name + ": no summary");
            require(problems, operation.path("tags").size() == 1, name + ": not one tag");
            operation
                    .path("parameters")
                    .forEach(parameter -> require(
                            problems,
                            isBounded(document, parameter.path("schema")),
                            name + ": parameter " + parameter.path("name") + " without form"));
            operation
                    .path("requestBody")
                    .path("content")
                    .forEachEntry((type, media) -> require(
                            problems, isDescribed(media.path("schema")), name + ": body " + type + " without schema"));
            requireAnswers(document, problems, name, operation);
        });

        assertThat(problems).isEmpty();
    }

    private static void requireAnswers(JsonNode document, List<String> problems, String name, JsonNode operation) {
        boolean secured = !operation.has("security");
        for (String status : secured ? List.of("400", "401", "403", "500") : List.of("400", "401", "500")) {
            require(problems, operation.path("responses").has(status), name + ": no " + status);
        }
        operation.path("responses").forEachEntry((status, declared) -> {
            JsonNode answer = resolved(document, declared);
            boolean problem = status.compareTo("400") >= 0;
            require(
                    problems,
                    !answer.path("description").asString("").isBlank(),
                    name + ": " + status + " undescribed");
            if (problem && !name.startsWith("HEAD ")) {
                JsonNode parts = answer.path("content")
                        .path("application/problem+json")
                        .path("schema")
                        .path("allOf");
                require(
                        problems,
                        parts.path(0).path("$ref").asString("").endsWith("/Problem"),
                        name + ": " + status + " is no problem document");
                require(
                        problems,
                        !parts.path(1)
                                .path("properties")
                                .path("type")
                                .path("enum")
                                .isEmpty(),
                        name + ": " + status + " without types");
            }
            if (status.equals("503") || status.equals("429")) {
                require(problems, answer.path("headers").has("Retry-After"), name + ": no Retry-After of " + status);
            }
            if (!problem && !WITHOUT_BODY.contains(status) && !name.startsWith("HEAD ")) {
                require(problems, !answer.path("content").isEmpty(), name + ": " + status + " without content");
            }
            answer.path("content")
                    .forEachEntry((type, media) -> require(
                            problems,
                            isDescribed(media.path("schema")),
                            name + ": " + status + " " + type + " without schema"));
        });
    }

    private static boolean isDescribed(JsonNode schema) {
        return schema.has("$ref") || schema.has("oneOf") || schema.has("allOf") || schema.has("type");
    }

    private static boolean isBounded(JsonNode document, JsonNode declared) {
        JsonNode schema = resolved(document, declared);
        return schema.path("type").asString("").equals("integer")
                ? schema.has("minimum")
                : schema.has("pattern")
                        || schema.has("enum")
                        || schema.path("type").asString("").equals("boolean");
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static void require(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private interface Visitor {
        void visit(String name, JsonNode operation);
    }

    private static void forEachOperation(JsonNode document, Visitor visitor) {
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry(
                        (method, operation) -> visitor.visit(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
    }
}
