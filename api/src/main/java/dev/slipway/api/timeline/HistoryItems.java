package dev.slipway.api.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.TemporalFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in a few words what an event of a workflow's history is. Inputs and results stay where they are. */
final class HistoryItems {
    private final DataConverter converter;
    private final Map<Long, String> activities = new HashMap<>();

    HistoryItems(DataConverter converter) {
        this.converter = converter;
    }

    /** Events must come in their order: how an activity ended does not tell its name, only where it was scheduled. */
    Item item(HistoryEvent event) {
        if (event.hasActivityTaskScheduledEventAttributes()) {
            activities.put(
                    event.getEventId(),
                    event.getActivityTaskScheduledEventAttributes()
                            .getActivityType()
                            .getName());
        }
        return new Item(
                event.getEventId(),
                Instant.ofEpochSecond(
                        event.getEventTime().getSeconds(), event.getEventTime().getNanos()),
                type(event),
                name(event),
                attempt(event),
                detail(event));
    }

    // EVENT_TYPE_TIMER_FIRED is TimerFired to everybody else.
    private static String type(HistoryEvent event) {
        StringBuilder type = new StringBuilder();
        for (String word :
                event.getEventType().name().replaceFirst("^EVENT_TYPE_", "").split("_", -1)) {
            type.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return type.toString();
    }

    private @Nullable String name(HistoryEvent event) {
        return switch (event.getAttributesCase()) {
            case WORKFLOW_EXECUTION_STARTED_EVENT_ATTRIBUTES ->
                event.getWorkflowExecutionStartedEventAttributes()
                        .getWorkflowType()
                        .getName();
            case WORKFLOW_EXECUTION_SIGNALED_EVENT_ATTRIBUTES ->
                event.getWorkflowExecutionSignaledEventAttributes().getSignalName();
            case WORKFLOW_EXECUTION_UPDATE_ACCEPTED_EVENT_ATTRIBUTES ->
                event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                        .getAcceptedRequest()
                        .getInput()
                        .getName();
            case SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED_EVENT_ATTRIBUTES ->
                event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                        .getSignalName();
            case MARKER_RECORDED_EVENT_ATTRIBUTES ->
                event.getMarkerRecordedEventAttributes().getMarkerName();
            case TIMER_STARTED_EVENT_ATTRIBUTES ->
                event.getTimerStartedEventAttributes().getTimerId();
            case TIMER_FIRED_EVENT_ATTRIBUTES ->
                event.getTimerFiredEventAttributes().getTimerId();
            default -> activities.get(scheduled(event));
        };
    }

    private static long scheduled(HistoryEvent event) {
        return switch (event.getAttributesCase()) {
            case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES -> event.getEventId();
            case ACTIVITY_TASK_STARTED_EVENT_ATTRIBUTES ->
                event.getActivityTaskStartedEventAttributes().getScheduledEventId();
            case ACTIVITY_TASK_COMPLETED_EVENT_ATTRIBUTES ->
                event.getActivityTaskCompletedEventAttributes().getScheduledEventId();
            case ACTIVITY_TASK_FAILED_EVENT_ATTRIBUTES ->
                event.getActivityTaskFailedEventAttributes().getScheduledEventId();
            case ACTIVITY_TASK_TIMED_OUT_EVENT_ATTRIBUTES ->
                event.getActivityTaskTimedOutEventAttributes().getScheduledEventId();
            case ACTIVITY_TASK_CANCEL_REQUESTED_EVENT_ATTRIBUTES ->
                event.getActivityTaskCancelRequestedEventAttributes().getScheduledEventId();
            case ACTIVITY_TASK_CANCELED_EVENT_ATTRIBUTES ->
                event.getActivityTaskCanceledEventAttributes().getScheduledEventId();
            default -> 0;
        };
    }

    private static @Nullable Integer attempt(HistoryEvent event) {
        return event.hasActivityTaskStartedEventAttributes()
                ? event.getActivityTaskStartedEventAttributes().getAttempt()
                : null;
    }

    private @Nullable String detail(HistoryEvent event) {
        return switch (event.getAttributesCase()) {
            case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES ->
                "on "
                        + event.getActivityTaskScheduledEventAttributes()
                                .getTaskQueue()
                                .getName();
            case ACTIVITY_TASK_STARTED_EVENT_ATTRIBUTES ->
                event.getActivityTaskStartedEventAttributes().hasLastFailure()
                        ? message(event.getActivityTaskStartedEventAttributes().getLastFailure())
                        : null;
            case ACTIVITY_TASK_FAILED_EVENT_ATTRIBUTES ->
                message(event.getActivityTaskFailedEventAttributes().getFailure());
            case ACTIVITY_TASK_TIMED_OUT_EVENT_ATTRIBUTES ->
                message(event.getActivityTaskTimedOutEventAttributes().getFailure());
            case WORKFLOW_EXECUTION_FAILED_EVENT_ATTRIBUTES ->
                message(event.getWorkflowExecutionFailedEventAttributes().getFailure());
            case WORKFLOW_TASK_FAILED_EVENT_ATTRIBUTES ->
                message(event.getWorkflowTaskFailedEventAttributes().getFailure());
            default -> null;
        };
    }

    private String message(Failure failure) {
        RuntimeException decoded = converter.failureToException(failure);
        return decoded instanceof TemporalFailure temporal
                ? String.valueOf(temporal.getOriginalMessage())
                : String.valueOf(decoded.getMessage());
    }

    @Schema(name = "HistoryItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            long eventId,
            Instant at,
            String type,
            @Nullable String name,
            @Nullable Integer attempt,
            @Nullable String detail) {}
}
