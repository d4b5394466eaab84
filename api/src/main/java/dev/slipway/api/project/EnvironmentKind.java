package dev.slipway.api.project;

import dev.slipway.api.gitops.References;
import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.project.Environment;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.fleet.EnvironmentStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Documents of kind Environment. */
@Component
class EnvironmentKind implements DocumentKind<Environment> {
    private final EnvironmentStore environments;
    private final References references;

    EnvironmentKind(EnvironmentStore environments, References references) {
        this.environments = environments;
        this.references = references;
    }

    @Override
    public Class<Environment> type() {
        return Environment.class;
    }

    @Override
    public List<Applied> apply(List<Environment> declared) {
        declared.forEach(references::requireProject);
        try {
            return environments.apply(declared);
        } catch (InvalidInputException e) {
            throw new UnprocessableException(e.field(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void check(List<Environment> declared) {
        declared.forEach(references::check);
    }
}
