package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

@ApiTest
@Import(TemporalOutageTest.Away.class)
@DirtiesContext
class TemporalOutageTest {
    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void readsAndAppliesButStartsNothingWhileTemporalIsAway() {
        Api api = Api.asOperator(port);
        api.apply("kind: Environment\nname: x\ntargets:\n"
                        + "  - {name: x, node: n, runtime: docker, component: c, container: x}")
                .expect(200);
        api.post(
                        "/api/releases",
                        "{\"name\":\"web\",\"version\":\"v1\",\"components\":[{\"name\":\"c\",\"image\":\"r.example/i:1\"}]}")
                .expect(201);

        Instant before = Instant.now();
        Api.Answer refused = api.post("/api/deployments", "{\"release\":\"web@v1\",\"environment\":\"x\"}", "key");
        refused.problem(503, "temporal-unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(api.get("/api/deployments").expect(200).json().path("items")).isEmpty();
        assertThat(jdbc.sql("select count(*) from idempotency")
                        .query(Integer.class)
                        .single())
                .isZero();
        api.get("/api/environments/x").expect(200);
        api.get("/actuator/health/readiness").expect(200);
    }

    static class Away {
        @Bean
        @Primary
        WorkflowClient clientOfNobody() throws IOException {
            int closed;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                closed = socket.getLocalPort();
            }
            return WorkflowClient.newInstance(
                    WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                            .setTarget("127.0.0.1:" + closed)
                            .build()));
        }
    }
}
