package dev.slipway.worker.timeline;

import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.timeline.TimelineActivities;
import org.springframework.stereotype.Component;

/** Writes the timeline to PostgreSQL. */
@Component
public class StoredTimeline implements TimelineActivities {
    private final TimelineStore store;

    StoredTimeline(TimelineStore store) {
        this.store = store;
    }

    @Override
    public void append(Append input) {
        store.append(input.deployment(), input.events());
    }
}
