package dev.slipway.api.deployment;

import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.DeploymentStatus;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The statuses that deployments of any kind can have. */
@Component
class StatusNames {
    private final Set<String> names = Stream.<Status>concat(
                    Arrays.stream(DeploymentStatus.values()), Arrays.stream(GitOpsStatus.values()))
            .map(Status::wireName)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    String require(String word) {
        if (!names.contains(word)) {
            throw new InvalidInputException(
                    "status", "\"" + Names.shown(word) + "\" is not one of " + String.join(", ", names));
        }
        return word;
    }
}
