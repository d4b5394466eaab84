package dev.slipway.worker.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineActivities;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The story of a deployment as its workflow's history holds it: every timeline write is a local activity, whose marker
 * keeps its input.
 */
@Component
class TimelineHistory {
    private static final String LOCAL_ACTIVITY = "LocalActivity";
    private static final String TIMELINE = "recordTimeline";

    private final WorkflowClient client;
    private final DataConverter converter;

    TimelineHistory(WorkflowClient client, DataConverter converter) {
        this.client = client;
        this.converter = converter;
    }

    /**
     * What every run of the deployment's workflow has written, from the first run on, write by write. Read page by page as it
     * is asked for: the runs of ten thousand targets are larger than the memory of a server.
     */
    Stream<List<TimelineEvent>> read(DeploymentId deployment) {
        String workflow = WorkflowIds.ofDeployment(deployment);
        return runs(workflow).stream()
                .flatMap(run -> client.streamHistory(workflow, run))
                .flatMap(this::written);
    }

    private Deque<String> runs(String workflow) {
        Deque<String> runs = new ArrayDeque<>();
        String last = client.newUntypedWorkflowStub(workflow)
                .describe()
                .getExecution()
                .getRunId();
        for (Optional<String> run = Optional.of(last); run.isPresent(); run = previousRun(workflow, run.get())) {
            runs.push(run.get());
        }
        return runs;
    }

    private Optional<String> previousRun(String workflow, String run) {
        return client.streamHistory(workflow, run)
                .findFirst()
                .map(first -> first.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId())
                .filter(previous -> !previous.isEmpty());
    }

    /** The type of the failure that the last run has ended with; empty where it has ended otherwise. */
    String failureType(DeploymentId deployment) {
        return client.streamHistory(WorkflowIds.ofDeployment(deployment), null)
                .reduce((_, last) -> last)
                .map(last -> last.getWorkflowExecutionFailedEventAttributes()
                        .getFailure()
                        .getApplicationFailureInfo()
                        .getType())
                .orElse("");
    }

    private Stream<List<TimelineEvent>> written(HistoryEvent event) {
        return Optional.of(event)
                .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
                .map(HistoryEvent::getMarkerRecordedEventAttributes)
                .filter(this::isTimeline)
                .map(marker ->
                        detail(marker, "input", TimelineActivities.Append.class).events())
                .stream();
    }

    private boolean isTimeline(MarkerRecordedEventAttributes marker) {
        return marker.getMarkerName().equals(LOCAL_ACTIVITY)
                && marker.containsDetails("input")
                && TIMELINE.equals(detail(marker, "type", String.class));
    }

    private <T> T detail(MarkerRecordedEventAttributes marker, String name, Class<T> type) {
        return converter.fromPayloads(0, Optional.of(marker.getDetailsOrThrow(name)), type, type);
    }
}
