package dev.slipway.worker.release;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineActivities;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Writes the story of a deployment again from its workflow's history: every timeline write is a local activity, whose
 * marker keeps its input. What is in the store already is passed over.
 */
@Component
public class StoryRebuild {
    private static final String LOCAL_ACTIVITY = "LocalActivity";
    private static final String TIMELINE = "recordTimeline";

    private final WorkflowClient client;
    private final TimelineStore store;
    private final DataConverter converter;

    StoryRebuild(WorkflowClient client, TimelineStore store, DataConverter converter) {
        this.client = client;
        this.store = store;
        this.converter = converter;
    }

    /** Reads every run of the deployment's workflow, from the first on. */
    public void rebuild(DeploymentId deployment) {
        Deque<Optional<String>> runs = new ArrayDeque<>();
        Optional<String> run = Optional.empty();
        do {
            runs.push(run);
            run = previousRun(deployment, run);
        } while (run.isPresent());
        runs.forEach(one -> write(deployment, one));
    }

    private Optional<String> previousRun(DeploymentId deployment, Optional<String> run) {
        return client.fetchHistory(id(deployment), run.orElse(null)).getHistory().getEventsList().stream()
                .findFirst()
                .map(first -> first.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId())
                .filter(previous -> !previous.isEmpty());
    }

    private void write(DeploymentId deployment, Optional<String> run) {
        client.fetchHistory(id(deployment), run.orElse(null)).getHistory().getEventsList().stream()
                .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
                .map(HistoryEvent::getMarkerRecordedEventAttributes)
                .filter(this::isTimeline)
                .map(this::input)
                .forEach(append -> store.append(append.deployment(), append.events()));
    }

    private boolean isTimeline(MarkerRecordedEventAttributes marker) {
        return marker.getMarkerName().equals(LOCAL_ACTIVITY)
                && marker.containsDetails("input")
                && TIMELINE.equals(
                        converter.fromPayloads(0, Optional.of(detail(marker, "type")), String.class, String.class));
    }

    private TimelineActivities.Append input(MarkerRecordedEventAttributes marker) {
        return converter.fromPayloads(
                0,
                Optional.of(detail(marker, "input")),
                TimelineActivities.Append.class,
                TimelineActivities.Append.class);
    }

    private static Payloads detail(MarkerRecordedEventAttributes marker, String name) {
        return marker.getDetailsOrThrow(name);
    }

    private static String id(DeploymentId deployment) {
        return WorkflowIds.ofDeployment(deployment);
    }
}
