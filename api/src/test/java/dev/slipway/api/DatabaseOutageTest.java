package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ApiTest
@DirtiesContext
class DatabaseOutageTest {
    private static final Wire WIRE = new Wire();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void throughTheWire(DynamicPropertyRegistry registry) {
        URI database = URI.create(TestDatabase.create().substring("jdbc:".length()));
        WIRE.lead(database.getHost(), database.getPort());
        registry.add("spring.datasource.url", () -> "jdbc:postgresql://127.0.0.1:" + WIRE.port() + database.getPath());
        registry.add("spring.datasource.username", () -> "postgres");
    }

    @Test
    void asksToComeAgainWhileTheDatabaseIsAwayAndGoesOnByItselfAfterwards() throws IOException {
        Api api = Api.asOperator(port);
        api.get("/api/nodes").expect(200);

        WIRE.cut();
        Api.Answer refused = api.get("/api/nodes");
        refused.problem(503, "database-unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("2");
        api.apply("kind: Environment\nname: x\ntargets:\n"
                        + "  - {name: x, node: n, runtime: docker, component: c, container: x}")
                .problem(503, "database-unavailable");
        api.get("/actuator/health/readiness").expect(503);
        api.get("/actuator/health/liveness").expect(200);

        WIRE.mend();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> api.get("/api/nodes").expect(200));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                api.open("/api/deployments/zzzz/events", request -> request.GET())
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).contains("unknown-deployment");
        }
    }
}
