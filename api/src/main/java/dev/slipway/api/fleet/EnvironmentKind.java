package dev.slipway.api.fleet;

import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Environment;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.fleet.EnvironmentStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Documents of kind Environment. */
@Component
class EnvironmentKind implements DocumentKind<Environment> {
    private final EnvironmentStore environments;

    EnvironmentKind(EnvironmentStore environments) {
        this.environments = environments;
    }

    @Override
    public Class<Environment> type() {
        return Environment.class;
    }

    @Override
    public List<Applied> apply(List<Environment> declared) {
        try {
            return environments.apply(declared);
        } catch (InvalidInputException e) {
            throw new UnprocessableException(e.field(), String.valueOf(e.getMessage()));
        }
    }
}
