package dev.slipway.api.deployment;

import dev.slipway.core.kind.DeploymentKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The features of deployments, by kind. */
@Component
class DeploymentFeatures {
    private final Map<DeploymentKind, DeploymentFeature> features = new EnumMap<>(DeploymentKind.class);

    DeploymentFeatures(List<DeploymentFeature> features) {
        features.forEach(feature -> this.features.put(feature.kind(), feature));
    }

    DeploymentFeature of(DeploymentKind kind) {
        return Objects.requireNonNull(features.get(kind));
    }

    Iterable<DeploymentFeature> all() {
        return features.values();
    }
}
