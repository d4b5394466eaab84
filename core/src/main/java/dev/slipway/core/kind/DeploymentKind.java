package dev.slipway.core.kind;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentStatus;
import java.util.List;
import java.util.Locale;

/** The kinds of deployments, a line each, with the statuses that they can have. */
public enum DeploymentKind {
    RELEASE(DeploymentStatus.class),
    GITOPS(GitOpsStatus.class);

    private final Class<? extends Status> statuses;

    DeploymentKind(Class<? extends Status> statuses) {
        this.statuses = statuses;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Status> statuses() {
        return List.of(statuses.getEnumConstants());
    }

    /** The status with this wire name; fails where this kind has none. */
    public Status status(String wireName) {
        return statuses().stream()
                .filter(status -> status.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(wireName() + " has no status " + wireName));
    }
}
