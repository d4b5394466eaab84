package dev.slipway.api.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.Wire;
import dev.slipway.api.deployment.DeploymentIntake;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.release.NewDeployment;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.test.annotation.DirtiesContext;

/** Temporal goes away just behind the commit: what the client was promised must still come about. */
@ApiTest
@Import(LateStartTest.BehindAWire.class)
@DirtiesContext
class LateStartTest {
    private static final Wire WIRE = new Wire();

    @LocalServerPort
    private int port;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private DeploymentRequests requests;

    @Autowired
    private DeploymentIntake intake;

    @Autowired
    private WorkflowClient temporal;

    @Test
    void leavesAnAcceptedDeploymentToBeStartedLaterAndStartsItForAnOrder() {
        Api api = Api.asOperator(port);
        NewDeployment asked = AcceptedOnly.ask(api, "late");

        WIRE.cut();
        Instant before = Instant.now();
        DeploymentId accepted = intake.accept(null, () -> requests.write(asked)).deployment();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(api.get("/api/deployments/" + accepted)
                        .expect(200)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("pending");

        WIRE.mend();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(e -> !(e instanceof WorkflowNotFoundException))
                .untilAsserted(() -> assertThat(api.post("/api/deployments/" + accepted + "/cancel", "")
                                .problem(503, "temporal-unavailable"))
                        // There is none here; but the deployment was started for it.
                        .startsWith("No worker responded"));
        assertThat(temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(accepted))
                        .describe()
                        .getWorkflowType())
                .isEqualTo("ReleaseDeployment");
    }

    @Test
    void startsTheSameDeploymentTwiceWithoutHarm() {
        DeploymentId accepted = AcceptedOnly.accept(Api.asOperator(port), acceptance, requests, "late");

        intake.start(accepted);
        intake.start(accepted);

        assertThat(temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(accepted))
                        .describe()
                        .getWorkflowType())
                .isEqualTo("ReleaseDeployment");
    }

    static class BehindAWire {
        // The server does not tell which port it has taken, so it is given one that was free just now.
        private static final int PORT = freePort();

        @Bean(destroyMethod = "close")
        TestServer.PortBoundTestServer server() {
            return TestServer.createPortBoundServer(PORT);
        }

        @Bean
        @Primary
        WorkflowClient clientBehindAWire(TestServer.PortBoundTestServer server) {
            WIRE.lead("127.0.0.1", PORT);
            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget("127.0.0.1:" + WIRE.port())
                    .setGrpcReconnectFrequency(Duration.ofSeconds(1))
                    .build());
            AddSearchAttributesRequest.Builder attributes =
                    AddSearchAttributesRequest.newBuilder().setNamespace("default");
            SearchAttributes.ALL.forEach(
                    key -> attributes.putSearchAttributes(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
            OperatorServiceStubs operator =
                    OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                            .setChannel(stubs.getRawChannel())
                            .validateAndBuildWithDefaults());
            operator.blockingStub().addSearchAttributes(attributes.build());
            return WorkflowClient.newInstance(stubs);
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
