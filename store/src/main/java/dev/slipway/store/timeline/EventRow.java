package dev.slipway.store.timeline;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.Phase;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Columns;
import org.jspecify.annotations.Nullable;

/** An event as it stands in its table, with the phase that it brought the deployment to. */
record EventRow(
        TimelineEvent event,
        Phase phase,
        boolean waiting,
        String type,
        String status,
        @Nullable String target,
        @Nullable Integer attempt,
        @Nullable Digest previousDigest,
        @Nullable Failure failure) {
    static EventRow of(TimelineEvent event, Projection.Deployment after) {
        Phase phase = after.phase();
        boolean waiting = after.waiting();
        return switch (event.change()) {
            case Change.OfDeployment of ->
                new EventRow(
                        event, phase, waiting, "deployment", Columns.word(of.status()), null, null, null, of.failure());
            case Change.OfTask of ->
                new EventRow(
                        event,
                        phase,
                        waiting,
                        "task",
                        Columns.word(of.status()),
                        of.target(),
                        of.attempt(),
                        of.previousDigest(),
                        of.failure());
            case Change.Ended end ->
                new EventRow(
                        event,
                        phase,
                        waiting,
                        StoredEvent.END,
                        Columns.word(end.status()),
                        null,
                        null,
                        null,
                        end.failure());
        };
    }
}
