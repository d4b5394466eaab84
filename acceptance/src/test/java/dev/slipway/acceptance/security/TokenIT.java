package dev.slipway.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Nobody gets in without the token, and the token does not get out. */
class TokenIT {
    @RegisterExtension
    static final Stack stack = Stack.named("security");

    record Route(String method, String path) {}

    /** The token of a CI job in the form, or a signature, is the proof there. */
    private static final Set<Route> PROVEN_OTHERWISE =
            Set.of(new Route("POST", "/api/deploy"), new Route("POST", "/api/webhooks/x"));

    /** All that the OpenAPI document lists. */
    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        JsonNode paths = stack.api().get("/api/openapi.json").expect(200).json().path("paths");
        paths.forEachEntry((path, item) -> item.propertyNames()
                .forEach(method ->
                        routes.add(new Route(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{[^}]*}", "x")))));
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }

    @ParameterizedTest
    @MethodSource("routes")
    void asksForATokenOnEveryRoute(Route route) {
        List<Api> strangers =
                new ArrayList<>(List.of(stack.api().as("junk"), stack.api().as(stack.secret("token") + "x")));
        if (!PROVEN_OTHERWISE.contains(route)) {
            strangers.add(stack.api().as(null));
        }
        for (Api nobody : strangers) {
            Answer answer = nobody.send(
                    route.method(),
                    route.path(),
                    BodyPublishers.ofString("{}"),
                    Map.of("Content-Type", "application/json"));
            assertThat(answer.status()).as("%s", answer).isEqualTo(401);
        }
    }

    @Test
    void letsAnAgentDoWhatAgentsDoAndNothingElse() {
        Api agent = stack.api().as(stack.secret("agent-token"));

        assertThat(agent.get("/api/deployments").status()).isEqualTo(403);
        assertThat(agent.post("/api/deployments", "{}").status()).isEqualTo(403);
        assertThat(agent.apply("kind: Environment").status()).isEqualTo(403);
        assertThat(agent.get("/api/artifacts/sha256:" + "0".repeat(64)).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encode", "decode"})
    void decodesNothingForStrangers(String direction) {
        Answer foreign = stack.api()
                .as(null)
                .post("/api/codec/" + direction, "{\"payloads\":[]}", Map.of("Origin", "https://evil.example"));

        assertThat(foreign.status()).isIn(401, 403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void tellsItsTokensToNobody() {
        List<String> secrets = List.of(
                stack.secret("token"),
                stack.secret("agent-token"),
                stack.secret("payload-key"),
                stack.secret("secret-key"),
                stack.secret("database-password"));
        for (Route route : routes()) {
            if (route.method().equals("GET") && !route.path().endsWith("/events")) {
                assertThat(stack.api().get(route.path()).body()).doesNotContain(secrets);
            }
        }
        for (String process : List.of("supervisor", "server", "agent", "temporal", "postgres")) {
            assertThat(stack.log(process)).doesNotContain(secrets);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "agent-token", "payload-key", "secret-key", "database-password"})
    void keepsSecretsInFilesOfTheirOwnerOnly(String file) throws IOException {
        Path secret = stack.data().resolve(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.data())))
                .isEqualTo("rwx------");
    }
}
