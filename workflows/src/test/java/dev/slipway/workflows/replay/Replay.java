package dev.slipway.workflows.replay;

import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.deployment.DeploymentSweepWorkflowImpl;
import dev.slipway.workflows.deployment.EnvironmentWorkflowImpl;
import dev.slipway.workflows.gitops.GitOpsDeploymentWorkflowImpl;
import dev.slipway.workflows.gitops.IacRepositoryWorkflowImpl;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflowImpl;
import dev.slipway.workflows.release.RollbackWorkflowImpl;
import dev.slipway.workflows.timeline.TimelineRebuildWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;

/** Runs a saved history through today's code. */
final class Replay {
    // What the SDK calls every run that it replays.
    private static final String RUN_ID = "run_id_in_replay";

    private Replay() {}

    /** Fails where today's code asks for other things; answers with what inputs it asked for them. */
    static Commands of(WorkflowExecutionHistory history) throws Exception {
        Commands.Recorder recorder = new Commands.Recorder();
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(recorder)
                        .build())
                .build();
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
            Worker worker = environment.newWorker("replay");
            worker.registerWorkflowImplementationTypes(
                    ReleaseDeploymentWorkflowImpl.class,
                    RollbackWorkflowImpl.class,
                    EnvironmentWorkflowImpl.class,
                    DeploymentSweepWorkflowImpl.class,
                    TimelineRebuildWorkflowImpl.class,
                    GitOpsDeploymentWorkflowImpl.class,
                    IacRepositoryWorkflowImpl.class);
            worker.replayWorkflowExecution(history);
        }
        return recorder.commands().withRunId(RUN_ID, runId(history));
    }

    private static String runId(WorkflowExecutionHistory history) {
        return history.getEvents()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getOriginalExecutionRunId();
    }
}
