package dev.slipway.api.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class NodeApiTest {
    private static final String HEARTBEAT =
            "{\"version\":\"0.1.0\",\"runtimes\":[\"process\",\"docker\"],\"hostname\":\"host.example\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
    }

    @Test
    void showsANodeAsOnlineWhileItsAgentIsHeardOf() {
        api.put("/api/nodes/local", HEARTBEAT).expect(204);

        var node = api.get("/api/nodes/local").expect(200).json();
        assertThat(node.path("online").asBoolean()).isTrue();
        assertThat(node.path("runtimes").toString()).isEqualTo("[\"process\",\"docker\"]");
        assertThat(node.path("hostname").asString()).isEqualTo("host.example");
        assertThat(node.path("lastSeenAt").asString()).endsWith("Z");

        jdbc.sql("update node set last_seen_at = now() - interval '16 seconds'").update();
        assertThat(api.get("/api/nodes").json().at("/items/0/online").asBoolean())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoHeartbeat() {
        api.put("/api/nodes/-x", HEARTBEAT).problem(400, "invalid-input");
        api.put("/api/nodes/local", "{}").problem(400, "invalid-input");
        api.put("/api/nodes/local", HEARTBEAT.replace("docker", "do,cker")).problem(400, "invalid-input");
        api.put("/api/nodes/local", HEARTBEAT.replace("\"docker\"", "null")).problem(400, "invalid-input");
        api.put("/api/nodes/local", HEARTBEAT.replace("host.example", "h".repeat(300)))
                .problem(400, "invalid-input");
        api.put("/api/nodes/local", HEARTBEAT.replace("version", "verzion")).problem(400, "invalid-input");
        assertThat(api.get("/api/nodes/locla").problem(404, "not-found")).contains("\"locla\"");
    }
}
