package dev.slipway.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes with different payload keys on one namespace. */
class UnreadablePayloadTest {
    private static final String QUEUE = "queue";

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(options(1))
                    .build());
    private final WorkflowClient other = WorkflowClient.newInstance(temporal.getWorkflowServiceStubs(), options(2));

    @BeforeEach
    void serve() {
        temporal.newWorker(QUEUE)
                .registerWorkflowImplementationTypes(
                        WorkflowImplementationOptions.newBuilder()
                                .setFailWorkflowExceptionTypes(Payloads.UNREADABLE)
                                .build(),
                        CollectingImpl.class);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void failsAWorkflowWhoseInputCannotBeRead() {
        WorkflowStub started = other.newUntypedWorkflowStub("Collecting", named("foreign"));
        started.start("secret");

        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> temporal.getWorkflowClient()
                        .newUntypedWorkflowStub("foreign")
                        .getResult(String.class))
                .havingCause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(UnreadablePayloadException.class.getName());
                    assertThat(failure.getOriginalMessage()).contains("payload key");
                });
    }

    @Test
    void dropsASignalThatCannotBeReadAndGoesOn() {
        WorkflowStub ours = temporal.getWorkflowClient().newUntypedWorkflowStub("Collecting", named("ours"));
        ours.start("a");

        other.newUntypedWorkflowStub("ours").signal("add", "foreign");
        ours.signal("add", "b");

        assertThat(ours.getResult(String.class)).isEqualTo("a b");
    }

    @Test
    void knowsAKeyByAFingerprintThatTellsNothingOfIt() {
        assertThat(key(1).fingerprint())
                .hasSize(32)
                .isEqualTo(key(1).fingerprint())
                .isNotEqualTo(key(2).fingerprint());
    }

    private static WorkflowOptions named(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(QUEUE)
                .build();
    }

    private static WorkflowClientOptions options(int key) {
        return WorkflowClientOptions.newBuilder()
                .setDataConverter(Payloads.encrypted(key(key)))
                .build();
    }

    private static PayloadKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return PayloadKey.ofBase64(Base64.getEncoder().encodeToString(bytes));
    }

    /** Ends with the second word. */
    @WorkflowInterface
    public interface Collecting {
        @WorkflowMethod(name = "Collecting")
        String run(String first);

        @SignalMethod(name = "add")
        void add(String word);
    }

    public static final class CollectingImpl implements Collecting {
        private final List<String> words = new ArrayList<>();

        @WorkflowInit
        public CollectingImpl(String first) {
            words.add(first);
        }

        @Override
        public String run(String first) {
            Workflow.await(() -> words.size() > 1);
            return String.join(" ", words);
        }

        @Override
        public void add(String word) {
            words.add(word);
        }
    }
}
