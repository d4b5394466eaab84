package dev.slipway.api.project;

import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.store.fleet.DeclaredTarget;

/** Where a target is, and what it is for. */
record TargetSummary(String environment, String name, String node, String runtime, String component, String place) {
    static TargetSummary of(DeclaredTarget declared) {
        Target target = declared.target();
        String runtime = switch (target.runtime()) {
            case TargetRuntime.ProcessRuntime _ -> "process";
            case TargetRuntime.DockerRuntime _ -> "docker";
        };
        return new TargetSummary(
                declared.environment(),
                target.name(),
                target.node(),
                runtime,
                target.component(),
                target.runtime().place());
    }
}
