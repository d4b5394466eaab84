package dev.slipway.api.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@ApiTest
@TestPropertySource(properties = "slipway.deploy.requests-per-minute=2")
class DeployLimitTest {
    @LocalServerPort
    private int port;

    @Test
    void refusesMoreThanTheRateAndSaysWhenToRetryAndNothingElseIsLimited() {
        Api nobody = Api.asOperator(port).with(null);
        nobody.post("/api/deploy", "{}").expect(415);
        nobody.post("/api/deploy", "{}").expect(415);

        Api.Answer refused = nobody.post("/api/deploy", "{}");

        assertThat(refused.problem(429, "too-many-requests")).contains("retry in");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 31);
        Api.asOperator(port).get("/api/deployments").expect(200);
        Api.asOperator(port).post("/api/deployments", "{}").expect(400);
    }
}
