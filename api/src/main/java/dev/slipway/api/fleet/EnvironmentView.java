package dev.slipway.api.fleet;

import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Environment;
import java.util.List;

/** An environment as its document declares it. */
record EnvironmentView(String kind, String name, Concurrency concurrency, List<TargetView> targets) {
    static EnvironmentView of(Environment environment) {
        return new EnvironmentView(
                EnvironmentKind.NAME,
                environment.name(),
                environment.concurrency(),
                environment.targets().stream().map(TargetView::of).toList());
    }
}
