package dev.slipway.workflows.release;

import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.SearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** The in-memory Temporal server that skips time, as our workflows need it. */
public final class TestTemporal {
    private TestTemporal() {}

    public static TestWorkflowEnvironment start() {
        TestEnvironmentOptions.Builder options =
                TestEnvironmentOptions.newBuilder().setWorkflowClientOptions(clientOptions());
        SearchAttributes.ALL.forEach(
                key -> options.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return TestWorkflowEnvironment.newInstance(options.build());
    }

    /**
     * One that skips time in steps while it awaits a result. The environment's own client skips to whatever comes next: once a
     * workflow has ended, and before the client hears of it, to the end of all others, which is ten years after their start.
     */
    public static WorkflowClient client(TestWorkflowEnvironment temporal) {
        return WorkflowClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                WorkflowClientOptions.newBuilder(clientOptions())
                        .setInterceptors(new TimeSteps(temporal))
                        .build());
    }

    private static WorkflowClientOptions clientOptions() {
        return WorkflowClientOptions.newBuilder()
                .setDataConverter(
                        Payloads.encrypted(PayloadKey.ofBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
                .validateAndBuildWithDefaults();
    }
}
