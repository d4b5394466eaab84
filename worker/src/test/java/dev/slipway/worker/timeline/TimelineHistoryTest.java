package dev.slipway.worker.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineActivities;
import dev.slipway.workflows.timeline.TimelineActivities.Append;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineHistoryTest {
    private static final String QUEUE = "queue";
    private static final int RUNS = 3;
    private static final int WRITES = 40;
    private static final DeploymentId DEPLOYMENT = new DeploymentId("abcd");

    private final DataConverter converter =
            Payloads.encrypted(PayloadKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32])));
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(converter)
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void tellsWhatEveryRunHasWrittenFromTheFirstOn() {
        Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(WritingImpl.class);
        worker.registerActivitiesImplementations(new Written());
        temporal.start();
        temporal.getWorkflowClient()
                .newWorkflowStub(
                        Writing.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(WorkflowIds.ofDeployment(DEPLOYMENT))
                                .setTaskQueue(QUEUE)
                                .build())
                .write(1);

        TimelineHistory history = new TimelineHistory(temporal.getWorkflowClient(), converter);

        assertThat(history.read(DEPLOYMENT).flatMap(List::stream).map(TimelineEvent::id))
                .hasSize(RUNS * WRITES)
                .startsWith("1/0", "1/1")
                .endsWith("3/38", "3/39")
                .isSortedAccordingTo((one, other) -> number(one) - number(other));
    }

    private static int number(String id) {
        int slash = id.indexOf('/');
        return Integer.parseInt(id.substring(0, slash)) * WRITES + Integer.parseInt(id.substring(slash + 1));
    }

    /** What is written stands in the history; here it goes nowhere. */
    private static final class Written implements TimelineActivities {
        @Override
        public void append(Append input) {}
    }

    @WorkflowInterface
    public interface Writing {
        @WorkflowMethod(name = "Writing")
        void write(int run);
    }

    public static final class WritingImpl implements Writing {
        private final TimelineActivities timeline = Workflow.newLocalActivityStub(
                TimelineActivities.class,
                LocalActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(Duration.ofMinutes(1))
                        .build());

        @Override
        public void write(int run) {
            for (int i = 0; i < WRITES; i++) {
                timeline.append(new Append(DEPLOYMENT, List.of(event(run + "/" + i))));
            }
            if (run < RUNS) {
                Workflow.continueAsNew(run + 1);
            }
        }

        private static TimelineEvent event(String id) {
            return new TimelineEvent(
                    id,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Change.to(DeploymentStatus.RUNNING),
                    Message.text("reason"),
                    Actor.OPERATOR);
        }
    }
}
