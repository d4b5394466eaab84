package dev.slipway.core.gitops;

import dev.slipway.core.input.Names;
import org.jspecify.annotations.Nullable;

/** A Kubernetes cluster that is watched. {@code kubeconfig} names a secret; null means the one that this process runs in. */
public record Cluster(String name, @Nullable String kubeconfig) {
    public Cluster {
        Names.requireName("name", name);
        if (kubeconfig != null) {
            Names.requireName("kubeconfig", kubeconfig);
        }
    }
}
