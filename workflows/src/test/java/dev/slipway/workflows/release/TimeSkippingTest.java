package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.release.DeploymentStatus;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** A rig of its own for each test, on a Temporal server that skips time while everybody waits. */
abstract class TimeSkippingTest {
    TestWorkflowEnvironment temporal;
    Rig rig;

    /** A test that fails shows the histories. */
    @RegisterExtension
    final TestExecutionExceptionHandler evidence = (_, thrown) -> {
        throw new AssertionError(thrown + "\n" + temporal.getDiagnostics(), thrown);
    };

    @BeforeEach
    void start() {
        temporal = TestTemporal.start();
        rig = new Rig(TestTemporal.client(temporal), temporal.getWorkerFactory());
    }

    @AfterEach
    void stop() {
        assertThat(rig.control.illegalTransitions()).isEmpty();
        temporal.close();
    }

    static void assertEnd(Rig.Started deployment, DeploymentStatus status, String words) {
        DeploymentResult result = deployment.result();
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.message()).hasToString(words);
    }
}
