package dev.slipway.api.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@ApiTest
@TestPropertySource(
        properties = {
            "slipway.deploy.requests-per-minute=2",
            // There, Spring Boot would believe X-Forwarded-For of every pod.
            "spring.main.cloud-platform=kubernetes"
        })
class DeployLimitTest {
    @LocalServerPort
    private int port;

    @Test
    void refusesMoreThanTheRateAndSaysWhenToRetryAndNothingElseIsLimited() {
        from("192.0.2.1").expect(415);
        from("192.0.2.2").expect(415);

        Api.Answer refused = from("192.0.2.3");

        assertThat(refused.problem(429, "too-many-requests")).contains("retry in");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 31);
        Api.asOperator(port).get("/api/deployments").expect(200);
        Api.asOperator(port).post("/api/deployments", "{}").expect(400);
    }

    private Api.Answer from(String claimedAddress) {
        return Api.asOperator(port)
                .with(null)
                .send(
                        "/api/deploy",
                        request -> request.header("Content-Type", "application/json")
                                .header("X-Forwarded-For", claimedAddress)
                                .POST(BodyPublishers.ofString("{}")));
    }
}
