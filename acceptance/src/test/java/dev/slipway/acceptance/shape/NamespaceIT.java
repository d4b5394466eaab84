package dev.slipway.acceptance.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Replica;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Temporal namespace belongs to one installation with one payload key. */
class NamespaceIT {
    @RegisterExtension
    static final Stack stack = Stack.named("shape");

    @TempDir
    Path folder;

    private String otherKey = "";

    @BeforeEach
    void makeKey() throws IOException {
        byte[] key = new byte[32];
        key[0] = 1;
        otherKey = Files.writeString(
                        folder.resolve("other-key"), Base64.getEncoder().encodeToString(key))
                .toString();
    }

    @Test
    void refusesAServerWithAnotherPayloadKey() {
        String log = stack.refusal(Map.of("SLIPWAY_PAYLOAD_KEY_FILE", otherKey));

        assertThat(log)
                .contains("Not started: Temporal namespace default is encrypted with another payload key")
                .contains("Set SLIPWAY_PAYLOAD_KEY_FILE to the key of the other servers")
                .endsWith("exit code 1");
    }

    @Test
    void refusesAnotherInstallationUntilItHasANamespaceOfItsOwn() throws SQLException {
        Map<String, String> other = new HashMap<>(anotherInstallation());

        assertThat(stack.refusal(other))
                .contains("Not started: Temporal namespace default belongs to another Slipway installation")
                .contains("Set SLIPWAY_TEMPORAL_NAMESPACE to a separate namespace")
                .endsWith("exit code 1");

        other.put("SLIPWAY_TEMPORAL_NAMESPACE", makeNamespace());
        SampleEnvironment web =
                SampleEnvironment.of(stack, "shared-name", 1).apply().release("v1", SampleService.good("v1"));
        try (Replica second = stack.replica("api,worker", other)) {
            assertThat(second.api().get("/api/environments").expect(200).body()).doesNotContain("shared-name");
            assertThat(stack.deployments().run(web.deploy("v1")).path("status").asString())
                    .isEqualTo("completed");
        }
    }

    @Test
    void letsNoAgentInThatHasAnotherPayloadKey() throws IOException {
        Map<String, String> key = Map.of("SLIPWAY_PAYLOAD_KEY", Files.readString(Path.of(otherKey)));
        try (NodeAgent _ = NodeAgent.launch(stack, "foreign", key)) {
            await().atMost(Stack.SOON)
                    .until(() -> stack.log("agent-foreign").contains("is encrypted with another payload key"));
        }
    }

    private Map<String, String> anotherInstallation() throws SQLException {
        String url = stack.stackFile().path("databaseUrl").asString();
        String name = "second" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url, "slipway", stack.secret("database-password"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Map.of(
                "SPRING_DATASOURCE_URL", url.replaceFirst("/[^/]*$", "/" + name), "SLIPWAY_PAYLOAD_KEY_FILE", otherKey);
    }

    private static String makeNamespace() {
        String name = "second-" + UUID.randomUUID();
        Command.run(
                        "/proc/" + stack.pid("temporal") + "/exe",
                        "operator",
                        "namespace",
                        "create",
                        "--namespace",
                        name,
                        "--address",
                        stack.stackFile().path("temporalAddress").asString())
                .expect(0);
        return name;
    }
}
