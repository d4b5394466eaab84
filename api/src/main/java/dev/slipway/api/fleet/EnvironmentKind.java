package dev.slipway.api.fleet;

import dev.slipway.api.Words;
import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.api.manifest.Fields;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Environment;
import dev.slipway.core.fleet.Target;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.fleet.EnvironmentStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Documents of kind Environment. */
@Component
class EnvironmentKind implements DocumentKind<Environment> {
    static final String NAME = "Environment";

    private final EnvironmentStore environments;

    EnvironmentKind(EnvironmentStore environments) {
        this.environments = environments;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Environment read(Fields fields) {
        String name = fields.text("name");
        String concurrency = fields.optionalText("concurrency");
        List<Target> targets =
                fields.objects("targets").stream().map(TargetReader::read).toList();
        return fields.make(() -> new Environment(
                name,
                concurrency == null ? Concurrency.QUEUE : Words.read("concurrency", concurrency, Concurrency.class),
                targets));
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
