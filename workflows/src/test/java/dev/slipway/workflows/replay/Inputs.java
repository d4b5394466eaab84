package dev.slipway.workflows.replay;

import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;

/** Where the events of a history keep what activities, local activities and other workflows were asked with. */
final class Inputs {
    // Of all markers, those of local activities have it.
    private static final String INPUT = "input";

    private Inputs() {}

    /** Nothing for an event that tells of something else. */
    static Payloads of(HistoryEvent event) {
        return switch (event.getAttributesCase()) {
            case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES ->
                event.getActivityTaskScheduledEventAttributes().getInput();
            case MARKER_RECORDED_EVENT_ATTRIBUTES ->
                event.getMarkerRecordedEventAttributes().getDetailsOrDefault(INPUT, Payloads.getDefaultInstance());
            case SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES ->
                event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                        .getInput();
            case START_CHILD_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES ->
                event.getStartChildWorkflowExecutionInitiatedEventAttributes().getInput();
            default -> Payloads.getDefaultInstance();
        };
    }

    static HistoryEvent replaced(HistoryEvent event, Payloads inputs) {
        HistoryEvent.Builder replaced = event.toBuilder();
        switch (event.getAttributesCase()) {
            case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES ->
                replaced.getActivityTaskScheduledEventAttributesBuilder().setInput(inputs);
            case MARKER_RECORDED_EVENT_ATTRIBUTES ->
                replaced.getMarkerRecordedEventAttributesBuilder().putDetails(INPUT, inputs);
            case SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES ->
                replaced.getSignalExternalWorkflowExecutionInitiatedEventAttributesBuilder()
                        .setInput(inputs);
            case START_CHILD_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES ->
                replaced.getStartChildWorkflowExecutionInitiatedEventAttributesBuilder()
                        .setInput(inputs);
            default -> throw new IllegalArgumentException("No input in " + event.getEventType());
        }
        return replaced.build();
    }
}
