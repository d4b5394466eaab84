package dev.slipway.api.fleet;

import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Environment;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.EnvironmentStore;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EnvironmentController {
    private final EnvironmentStore environments;

    EnvironmentController(EnvironmentStore environments) {
        this.environments = environments;
    }

    @Operation(operationId = "listEnvironments", summary = "All environments, by name")
    @GetMapping("/api/environments")
    Page<Environment> list() {
        return Page.whole(environments.findAll());
    }

    @Operation(operationId = "getEnvironment", summary = "One environment, as it is declared")
    @Fails(FailureType.UNKNOWN_ENVIRONMENT)
    @GetMapping("/api/environments/{name}")
    Environment get(@PathVariable String name) {
        return environments
                .find(name)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_ENVIRONMENT,
                        "There is no environment \"" + Names.shown(name) + "\""
                                + DidYouMean.sentence(name, environments.names())));
    }

    @Operation(operationId = "listTargets", summary = "The targets of one environment, or of all")
    @GetMapping("/api/targets")
    Page<TargetSummary> targets(@RequestParam(required = false) @Nullable String environment) {
        return Page.whole(environments.targets(environment).stream()
                .map(TargetSummary::of)
                .toList());
    }
}
