package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.deployment.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a release deployment stands. {@link #FAILED} may be held for a person, who can have it go on: it is an end only
 * once the deployment's workflow has closed.
 */
public enum DeploymentStatus implements Status {
    PENDING(Phase.QUEUED),
    PREPARING(Phase.RUNNING),
    RUNNING(Phase.RUNNING),
    COMPLETING(Phase.RUNNING),
    COMPLETED(Phase.SUCCEEDED),
    FAILED(Phase.FAILED),
    ROLLING_BACK(Phase.RUNNING),
    ROLLED_BACK(Phase.ROLLED_BACK),
    CANCELED(Phase.CANCELED);

    private static final Map<DeploymentStatus, Set<DeploymentStatus>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(PREPARING, FAILED, CANCELED),
            PREPARING, EnumSet.of(RUNNING, FAILED, CANCELED),
            RUNNING, EnumSet.of(COMPLETING, FAILED, ROLLING_BACK, CANCELED),
            COMPLETING, EnumSet.of(COMPLETED, FAILED, ROLLING_BACK, CANCELED),
            FAILED, EnumSet.of(RUNNING, ROLLING_BACK, CANCELED),
            ROLLING_BACK, EnumSet.of(ROLLED_BACK, FAILED, CANCELED)));

    private final Phase phase;

    DeploymentStatus(Phase phase) {
        this.phase = phase;
    }

    @Override
    public boolean canBecome(Status next) {
        return next instanceof DeploymentStatus
                && NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether targets are still to be begun or looked at, which a pause delays. */
    public boolean canBePaused() {
        return this == PENDING || this == PREPARING || this == RUNNING || this == COMPLETING;
    }

    @Override
    public boolean isTerminal() {
        return !NEXT.containsKey(this);
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public boolean showsFailure() {
        return this == ROLLING_BACK || Status.super.showsFailure();
    }

    @Override
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
