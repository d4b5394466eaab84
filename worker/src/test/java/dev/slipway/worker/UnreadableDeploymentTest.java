package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.store.Samples;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.NewDeployments;
import dev.slipway.store.release.ReleaseStore;
import dev.slipway.worker.timeline.TimelineRebuild;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = WorkerWiringTest.Wiring.class,
        properties = {"spring.config.import=classpath:slipway-worker.yml", "spring.temporal.test-server.enabled=true"})
class UnreadableDeploymentTest {
    private static final DeploymentId DEPLOYMENT = new DeploymentId("foreign");

    @Autowired
    private WorkflowClient client;

    @Autowired
    private EnvironmentStore environments;

    @Autowired
    private ReleaseStore releases;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private NewDeployments newDeployments;

    @Autowired
    private DeploymentStore deployments;

    @Autowired
    private TimelineRebuild rebuild;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void failsAndSaysThatItsDataIsEncryptedWithAnotherKey() {
        environments.apply(List.of(Samples.environment("staging", Concurrency.QUEUE, 1)));
        releases.create(Samples.release("web@v1", 1));
        Samples.accept(acceptance, newDeployments, null, Samples.deployment(DEPLOYMENT.value(), "staging", "web@v1"));

        startWithAnotherKey();

        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(DEPLOYMENT))
                        .getResult(Void.class));
        rebuild.complete(DEPLOYMENT, rebuild.describe(DEPLOYMENT).orElseThrow(), () -> {});
        assertThat(deployments.find(DEPLOYMENT).orElseThrow()).satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo(DeploymentStatus.FAILED);
            assertThat(deployment.failure())
                    .isEqualTo(new Failure(
                            FailureType.PAYLOAD_UNREADABLE,
                            DeploymentMessage.PAYLOAD_UNREADABLE.with("deployment", DEPLOYMENT)));
        });
    }

    private void startWithAnotherKey() {
        byte[] key = new byte[32];
        key[0] = 1;
        WorkflowClient.newInstance(
                        client.getWorkflowServiceStubs(),
                        WorkflowClientOptions.newBuilder()
                                .setNamespace(client.getOptions().getNamespace())
                                .setDataConverter(Payloads.encrypted(
                                        PayloadKey.ofBase64(Base64.getEncoder().encodeToString(key))))
                                .build())
                .newUntypedWorkflowStub(
                        ReleaseDeploymentWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(WorkflowIds.ofDeployment(DEPLOYMENT))
                                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                                .build())
                .start("unreadable");
    }
}
