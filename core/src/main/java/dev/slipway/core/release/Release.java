package dev.slipway.core.release;

import dev.slipway.core.failure.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is deployed: components, each pinned by digest. It never changes once it is made. */
public record Release(ReleaseReference reference, List<Component> components) {
    public Release {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new InvalidInputException("components", "a release needs at least one component");
        }
        Set<String> names = new HashSet<>();
        for (Component component : components) {
            if (!names.add(component.name())) {
                throw new InvalidInputException("components", "\"" + component.name() + "\" is given twice");
            }
        }
    }

    public Optional<Component> component(String name) {
        return components.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
