package dev.slipway.workflows.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.TestTemporal;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentLockTest {
    private TestWorkflowEnvironment temporal;
    private EnvironmentLock lock;

    @BeforeEach
    void start() {
        temporal = TestTemporal.start();
        lock = lockWithin(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void isGrantedAtOnceWhereItIsFree() {
        serve();

        assertThat(lock.enter(entry("first"))).isPositive();
    }

    @Test
    void isNotGrantedToTwo() {
        serve();
        lock.enter(entry("first"));

        assertThat(lock.enter(entry("second"))).isZero();
    }

    @Test
    void isGrantedAgainToItsHolder() {
        serve();
        long granted = lock.enter(entry("first"));

        assertThat(lock.enter(entry("first"))).isEqualTo(granted);
    }

    @Test
    void isAskedForByASignalWhereThereIsNoAnswer() {
        assertThat(lockWithin(Duration.ofMillis(100)).enter(entry("first"))).isZero();

        assertThat(temporal.getWorkflowClient()
                        .fetchHistory(WorkflowIds.ofEnvironment("staging"))
                        .getEvents())
                .filteredOn(event -> event.hasWorkflowExecutionSignaledEventAttributes())
                .hasSize(1);
    }

    private EnvironmentLock lockWithin(Duration limit) {
        return new EnvironmentLock(temporal.getWorkflowClient(), limit);
    }

    private void serve() {
        Worker worker = temporal.newWorker(TaskQueues.ENVIRONMENTS);
        worker.registerWorkflowImplementationTypes(EnvironmentWorkflowImpl.class);
        worker.registerActivitiesImplementations(new AllOpen());
        temporal.start();
    }

    private static AdmissionActivities.Enter entry(String deployment) {
        return new AdmissionActivities.Enter(
                "staging", new EnvironmentWorkflow.Entry(new DeploymentId(deployment), Concurrency.QUEUE));
    }

    /** Every deployment is under way for ever. */
    private static final class AllOpen implements AdmissionActivities {
        @Override
        public long enter(Enter input) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void hold(Holder input) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen(DeploymentId deployment) {
            return true;
        }
    }
}
