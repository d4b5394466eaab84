package dev.slipway.worker.release;

import dev.slipway.store.release.DeploymentStore;
import dev.slipway.workflows.release.PlanActivities;
import org.springframework.stereotype.Component;

/** Reads plans from PostgreSQL. */
@Component
public class StoredPlan implements PlanActivities {
    // Half of what Temporal takes as one payload, for characters may have more than one byte.
    private static final int MOST_CHARACTERS = 1_000_000;

    private final DeploymentStore store;

    StoredPlan(DeploymentStore store) {
        this.store = store;
    }

    @Override
    public Plan read(ReadPlan input) {
        return new Plan(store.findPlan(input.deployment(), input.indexes(), MOST_CHARACTERS));
    }
}
