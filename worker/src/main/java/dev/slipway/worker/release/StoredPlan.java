package dev.slipway.worker.release;

import dev.slipway.store.release.DeploymentStore;
import dev.slipway.workflows.release.PlanActivities;
import org.springframework.stereotype.Component;

/** Reads plans from PostgreSQL. */
@Component
public class StoredPlan implements PlanActivities {
    private final DeploymentStore store;

    StoredPlan(DeploymentStore store) {
        this.store = store;
    }

    @Override
    public Plan read(ReadPlan input) {
        return new Plan(store.findPlan(input.deployment(), input.indexes()));
    }
}
