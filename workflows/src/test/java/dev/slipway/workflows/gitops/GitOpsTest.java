package dev.slipway.workflows.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.release.TestTemporal;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** A rig of its own for each test, on a Temporal server that skips time while everybody waits. */
abstract class GitOpsTest {
    TestWorkflowEnvironment temporal;
    GitOpsRig rig;

    /** A test that fails shows the histories. */
    @RegisterExtension
    final TestExecutionExceptionHandler evidence = (_, thrown) -> {
        throw new AssertionError(thrown + "\n" + temporal.getDiagnostics(), thrown);
    };

    @BeforeEach
    void start() {
        temporal = TestTemporal.start();
        rig = new GitOpsRig(TestTemporal.client(temporal), temporal.getWorkerFactory());
    }

    @AfterEach
    void stop() {
        assertThat(rig.control.illegalTransitions()).isEmpty();
        temporal.close();
    }

    static GitOpsResult deployed(String commit) {
        return new GitOpsResult(
                GitOpsStatus.DEPLOYED, commit, GitOpsMessage.RECONCILED.with("summary", FakeCluster.RUNS));
    }

    /** Why an order is not obeyed. */
    static String refusal(OrderAnswer answer) {
        return Objects.requireNonNull(answer.refusal()).toString();
    }

    /** How Temporal says that the deployment failed. */
    static ApplicationFailure failureOf(GitOpsRig.Started deployment) {
        Throwable thrown = catchThrowable(deployment::result);
        assertThat(thrown).isInstanceOf(WorkflowFailedException.class);
        return (ApplicationFailure) Objects.requireNonNull(thrown.getCause());
    }
}
