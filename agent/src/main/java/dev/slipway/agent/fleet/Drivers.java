package dev.slipway.agent.fleet;

import dev.slipway.core.fleet.TargetRuntime;
import java.util.List;

/** The drivers of this agent, one for each kind of target. */
record Drivers(List<RuntimeDriver> all) {
    Drivers {
        all = List.copyOf(all);
    }

    RuntimeDriver of(TargetRuntime runtime) {
        return all.stream().filter(driver -> driver.drives(runtime)).findFirst().orElseThrow();
    }
}
