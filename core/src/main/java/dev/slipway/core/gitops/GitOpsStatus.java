package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.deployment.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a GitOps deployment stands. */
public enum GitOpsStatus implements Status {
    PENDING(Phase.QUEUED),
    VALIDATING(Phase.RUNNING),
    PUSHING(Phase.RUNNING),
    /** The chart is committed; from here on a cancellation leaves the commit, or reverts it. */
    PUSHED(Phase.RUNNING),
    MONITORING(Phase.RUNNING),
    DEPLOYED(Phase.SUCCEEDED),
    FAILED(Phase.FAILED),
    CANCELED(Phase.CANCELED),
    /** What was in the IaC repository before is committed again. */
    ROLLED_BACK(Phase.ROLLED_BACK);

    private static final Map<GitOpsStatus, Set<GitOpsStatus>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(VALIDATING, FAILED, CANCELED),
            VALIDATING, EnumSet.of(PUSHING, FAILED, CANCELED),
            PUSHING, EnumSet.of(PUSHED, FAILED, CANCELED),
            PUSHED, EnumSet.of(MONITORING, DEPLOYED, FAILED, CANCELED, ROLLED_BACK),
            MONITORING, EnumSet.of(DEPLOYED, FAILED, CANCELED, ROLLED_BACK)));

    private final Phase phase;

    GitOpsStatus(Phase phase) {
        this.phase = phase;
    }

    @Override
    public boolean canBecome(Status next) {
        return next instanceof GitOpsStatus && NEXT.getOrDefault(this, Set.of()).contains(next);
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
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
