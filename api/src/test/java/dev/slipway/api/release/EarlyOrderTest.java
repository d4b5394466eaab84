package dev.slipway.api.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentAcceptance;
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
    private DeploymentAcceptance acceptance;

    @Autowired
    private WorkflowClient temporal;

    @ParameterizedTest
    @ValueSource(strings = {"retry", "skip"})
    void startsTheDeploymentAndLetsItAnswer(String order) {
        Api api = Api.asOperator(port);
        Deployment accepted = AcceptedOnly.accept(api, acceptance, "early");

        api.post("/api/deployments/" + accepted.id() + "/" + order, "{\"target\":\"early\"}")
                .expect(200);

        assertThat(temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(accepted.id()))
                        .describe()
                        .getWorkflowType())
                .isEqualTo("ReleaseDeployment");
    }
}
