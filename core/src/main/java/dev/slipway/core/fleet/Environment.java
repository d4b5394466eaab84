package dev.slipway.core.fleet;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A named set of targets that is deployed to as one. Targets keep the order in which they were declared. */
@Kind("A set of targets that is deployed to as one.")
public record Environment(
        @Field(value = "The name that deployments refer to, as in staging.", form = Form.NAME)
        String name,

        @Field(
                value =
                        "What happens to a deployment while another one of the environment is running. queue: it waits for"
                                + " the lock. supersede: the other one is canceled. reject: the new one is refused.",
                defaultValue = "queue")
        Concurrency concurrency,

        @Field(
                value = "Where components run, in the order in which they are deployed. At least one.",
                notEmpty = true,
                type = "list of targets")
        List<Target> targets) {
    public Environment {
        Names.requireName("name", name);
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new InvalidInputException("targets", "an environment needs at least one target");
        }
        requireDistinct(targets);
    }

    private static void requireDistinct(List<Target> targets) {
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (!names.add(target.name())) {
                throw new InvalidInputException(
                        "targets[" + i + "].name", "\"" + target.name() + "\" is declared twice");
            }
            if (!places.add(target.place())) {
                throw new InvalidInputException(
                        "targets[" + i + "]",
                        "\"" + target.name() + "\" shares " + target.place() + " with another target");
            }
        }
    }
}
