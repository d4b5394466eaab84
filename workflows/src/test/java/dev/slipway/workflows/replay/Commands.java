package dev.slipway.workflows.replay;

import dev.slipway.workflows.Payloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a workflow asked for, with its inputs: activities in the order in which they were asked for, local activities by
 * kind and input (a history has them in the order of their answers), what it said to other workflows, and its children.
 */
record Commands(List<String> activities, List<String> localActivities, List<String> signals, List<String> children) {
    private static final JsonMapper JSON = Payloads.json();
    private static final DataConverter PAYLOADS = Payloads.plain();
    private static final String MARKER = "LocalActivity";

    static Commands none() {
        return new Commands(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Independent of the order in which local activities answered. */
    Commands sorted() {
        return new Commands(activities, localActivities.stream().sorted().toList(), signals, children);
    }

    Commands withRunId(String replaced, String runId) {
        return new Commands(
                activities,
                localActivities.stream()
                        .map(line -> line.replace(replaced, runId))
                        .sorted()
                        .toList(),
                signals,
                children);
    }

    static Commands of(History history) {
        Commands commands = none();
        for (HistoryEvent event : history.getEventsList()) {
            switch (event.getAttributesCase()) {
                case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES -> {
                    var scheduled = event.getActivityTaskScheduledEventAttributes();
                    commands.activities.add(line(
                            scheduled.getActivityType().getName(),
                            Inputs.of(event).getPayloadsList()));
                }
                case MARKER_RECORDED_EVENT_ATTRIBUTES -> {
                    MarkerRecordedEventAttributes marker = event.getMarkerRecordedEventAttributes();
                    if (marker.getMarkerName().equals(MARKER)) {
                        commands.localActivities.add(
                                line(type(marker), Inputs.of(event).getPayloadsList()));
                    }
                }
                case START_CHILD_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES -> {
                    var child = event.getStartChildWorkflowExecutionInitiatedEventAttributes();
                    commands.children.add(line(
                            child.getWorkflowId() + " "
                                    + child.getWorkflowType().getName(),
                            Inputs.of(event).getPayloadsList()));
                }
                case SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES -> {
                    var signal = event.getSignalExternalWorkflowExecutionInitiatedEventAttributes();
                    commands.signals.add(line(
                            signal.getWorkflowExecution().getWorkflowId() + " " + signal.getSignalName(),
                            Inputs.of(event).getPayloadsList()));
                }
                default -> {}
            }
        }
        return commands;
    }

    private static String type(MarkerRecordedEventAttributes marker) {
        return PAYLOADS.fromPayloads(0, Optional.of(marker.getDetailsOrThrow("type")), String.class, String.class);
    }

    private static String line(String name, List<Payload> inputs) {
        List<JsonNode> values = inputs.stream()
                .map(payload -> JSON.readTree(payload.getData().toByteArray()))
                .toList();
        return name + values;
    }

    // Signals without arguments have none at all.
    private static String line(String name, Object @Nullable [] inputs) {
        return name
                + Arrays.stream(inputs == null ? new Object[0] : inputs)
                        .map(JSON::<JsonNode>valueToTree)
                        .toList();
    }

    /** Notes what the workflows of a worker ask for while they are replayed. */
    static final class Recorder extends WorkerInterceptorBase {
        private final Commands commands = none();

        Commands commands() {
            return commands.sorted();
        }

        @Override
        public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
            return new WorkflowInboundCallsInterceptorBase(next) {
                @Override
                public void init(WorkflowOutboundCallsInterceptor outbound) {
                    super.init(new Outbound(outbound, commands));
                }
            };
        }
    }

    private static final class Outbound extends WorkflowOutboundCallsInterceptorBase {
        private final Commands commands;

        Outbound(WorkflowOutboundCallsInterceptor next, Commands commands) {
            super(next);
            this.commands = commands;
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            commands.activities.add(line(input.getActivityName(), input.getArgs()));
            return super.executeActivity(input);
        }

        @Override
        public <R> LocalActivityOutput<R> executeLocalActivity(LocalActivityInput<R> input) {
            commands.localActivities.add(line(input.getActivityName(), input.getArgs()));
            return super.executeLocalActivity(input);
        }

        @Override
        public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> input) {
            commands.children.add(line(input.getWorkflowId() + " " + input.getWorkflowType(), input.getArgs()));
            return super.executeChildWorkflow(input);
        }

        @Override
        public SignalExternalOutput signalExternalWorkflow(SignalExternalInput input) {
            commands.signals.add(
                    line(input.getExecution().getWorkflowId() + " " + input.getSignalName(), input.getArgs()));
            return super.signalExternalWorkflow(input);
        }
    }
}
