package dev.slipway.api.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.client.WorkflowClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person decides about a deployment that is accepted, and that nobody has started yet. */
@ApiTest
class EarlyOrderTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private DeploymentRequests requests;

    @Autowired
    private WorkflowClient temporal;

    @ParameterizedTest
    @ValueSource(strings = {"retry", "skip"})
    void startsTheDeploymentAndLetsItAnswer(String order) {
        Api api = Api.asOperator(port);
        DeploymentId accepted = AcceptedOnly.accept(api, acceptance, requests, "early");

        api.post("/api/deployments/" + accepted + "/" + order, "{\"target\":\"early\"}")
                .expect(200);

        assertThat(temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(accepted))
                        .describe()
                        .getWorkflowType())
                .isEqualTo("ReleaseDeployment");
    }
}
