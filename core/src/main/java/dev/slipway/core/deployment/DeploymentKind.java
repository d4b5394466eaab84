package dev.slipway.core.deployment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which feature a deployment is of. */
public enum DeploymentKind {
    RELEASE,
    GITOPS;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
