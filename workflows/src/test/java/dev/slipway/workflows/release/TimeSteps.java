package dev.slipway.workflows.release;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Skips time until the workflow has ended whose result is awaited, and at most as far again. */
final class TimeSteps extends WorkflowClientInterceptorBase {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final TestWorkflowEnvironment temporal;

    TimeSteps(TestWorkflowEnvironment temporal) {
        this.temporal = temporal;
    }

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(WorkflowClientCallsInterceptor next) {
        return new WorkflowClientCallsInterceptorBase(next) {
            @Override
            public <R> GetResultOutput<R> getResult(GetResultInput<R> input) throws TimeoutException {
                Duration step = FIRST;
                while (isRunning(input.getWorkflowExecution().getWorkflowId())) {
                    temporal.sleep(step);
                    Duration twice = step.multipliedBy(2);
                    step = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
                }
                return super.getResult(input);
            }
        };
    }

    private boolean isRunning(String workflow) {
        return temporal.getWorkflowServiceStubs()
                        .blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace(temporal.getNamespace())
                                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                                .build())
                        .getWorkflowExecutionInfo()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }
}
