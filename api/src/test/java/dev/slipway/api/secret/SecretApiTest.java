package dev.slipway.api.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.ApiTestStack;
import dev.slipway.core.secret.SecretSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class SecretApiTest {
    private static final String VALUE = "glpat-not-to-be-seen";

    @LocalServerPort
    private int port;

    @Autowired
    private SecretSource secrets;

    @Autowired
    private JdbcClient jdbc;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
        jdbc.sql("delete from secret").update();
    }

    @Test
    void storesASecretAndTellsOnlyWhen() {
        JsonNode made = put("git", VALUE).expect(201).json();
        JsonNode changed = put("git", VALUE + "2").expect(200).json();

        assertThat(made.propertyNames()).containsExactlyInAnyOrder("name", "createdAt", "changedAt");
        assertThat(changed.path("name").asString()).isEqualTo("git");
        assertThat(changed.path("createdAt")).isEqualTo(made.path("createdAt"));
        assertThat(changed.path("changedAt").asString())
                .isGreaterThan(made.path("changedAt").asString());
        assertThat(secrets.resolve("git")).isEqualTo(VALUE + "2");
    }

    @Test
    void takesPlainTextAsItIs() {
        String text = "-----BEGIN KEY-----\r\nä\"\\\n-----END KEY-----\n";

        putText("key", text.getBytes(UTF_8)).expect(201);

        assertThat(secrets.resolve("key")).isEqualTo(text);
    }

    @Test
    void listsNamesAndForgets() {
        put("b", VALUE);
        put("a", VALUE);
        assertThat(api.get("/api/secrets")
                        .expect(200)
                        .json()
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("a");

        delete("a").expect(204);

        assertThat(api.get("/api/secrets").json().path("items").size()).isEqualTo(1);
        assertThat(delete("a").problem(404, "unknown-secret")).contains("did you mean \"b\"?");
    }

    @Test
    void refusesWhatIsNoSecret(CapturedOutput output) {
        put("Not-A-Name", VALUE).problem(400, "invalid-input");
        api.put("/api/secrets/git", "{}").problem(400, "invalid-input");
        api.put("/api/secrets/git", "{\"value\":{\"x\":\"" + VALUE + "\"}}").problem(400, "invalid-input");
        api.put("/api/secrets/git", "{\"value\":\"" + VALUE).problem(400, "invalid-input");
        api.put("/api/secrets/git", "{\"valeu\":\"" + VALUE + "\"}").problem(400, "invalid-input");
        api.put("/api/secrets/git", "\"" + VALUE + "\"").problem(400, "invalid-input");
        put("git", "").problem(400, "invalid-input");
        put("git", VALUE + "\\u0000").problem(400, "invalid-input");
        put("git", "x".repeat(65_537)).problem(413, "too-large");
        putText("git", (VALUE + "\0").getBytes(UTF_8)).problem(400, "invalid-input");
        putText("git", new byte[] {(byte) 0xFF, 'g'}).problem(400, "invalid-input");
        putText("git", new byte[65_537]).problem(413, "too-large");
        put("git", "x".repeat(65_536)).expect(201);

        assertThat(output.getAll()).doesNotContain(VALUE);
    }

    @Test
    void showsNoValueInAnyAnswer(CapturedOutput output) {
        List<Api.Answer> answers = List.of(
                put("git", VALUE),
                put("git", VALUE),
                api.get("/api/secrets"),
                api.get("/api/secrets/git"),
                put("git!", VALUE),
                putText("git", (VALUE + "\0").getBytes(UTF_8)),
                api.put("/api/secrets/git", "{\"value\":\"" + VALUE + "\",\"" + VALUE + "\""),
                delete("git"));

        assertThat(answers).extracting(Api.Answer::text).noneMatch(text -> text.contains(VALUE));
        assertThat(output.getAll()).doesNotContain(VALUE);
    }

    @Test
    void promisesNoValueInTheDocument() {
        JsonNode document = api.get("/api/openapi.json").expect(200).json();
        JsonNode view = document.at("/components/schemas/Secret/properties");

        assertThat(view.propertyNames()).containsExactlyInAnyOrder("name", "createdAt", "changedAt");
        assertThat(document.at("/components/schemas/SecretRequest/properties/value/writeOnly")
                        .asBoolean())
                .isTrue();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEach(
                        method -> assertThat(method.path("responses").toString())
                                .as(path)
                                .doesNotContain("SecretRequest", "writeOnly")));
    }

    @Test
    void isNothingForAgents() {
        Api agent = api.with(ApiTestStack.AGENT);

        agent.get("/api/secrets").problem(403, "forbidden");
        agent.put("/api/secrets/git", "{\"value\":\"x\"}").problem(403, "forbidden");
        agent.send("/api/secrets/git", request -> request.DELETE()).problem(403, "forbidden");
    }

    private Api.Answer put(String name, String value) {
        return api.put("/api/secrets/" + name, "{\"value\":\"" + value + "\"}");
    }

    private Api.Answer putText(String name, byte[] value) {
        return api.send(
                "/api/secrets/" + name,
                request -> request.header("Content-Type", "text/plain").PUT(Api.bytes(value)));
    }

    private Api.Answer delete(String name) {
        return api.send("/api/secrets/" + name, request -> request.DELETE());
    }
}
