package dev.slipway.api.deployment;

import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.kind.DeploymentKind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The statuses that deployments of any kind can have. */
public final class StatusNames {
    private static final Set<String> NAMES = Arrays.stream(DeploymentKind.values())
            .flatMap(kind -> kind.statuses().stream())
            .map(Status::wireName)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private StatusNames() {}

    /** In the order of their kinds. */
    public static List<String> all() {
        return List.copyOf(NAMES);
    }

    static String require(String word) {
        if (!NAMES.contains(word)) {
            throw new InvalidInputException(
                    "status",
                    "invalid status \"" + Names.shown(word) + "\": expected one of " + String.join(", ", NAMES));
        }
        return word;
    }
}
