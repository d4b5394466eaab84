package dev.slipway.core.gitops;

import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import org.jspecify.annotations.Nullable;

/** A Kubernetes cluster that is watched. {@code kubeconfig} names a secret; null means the one that this process runs in. */
@Kind("A Kubernetes cluster whose rollouts Slipway monitors.")
public record Cluster(
        @Field(value = "How environments refer to the cluster.", form = Form.NAME)
        String name,

        @Field(
                value = "A self-contained kubeconfig: no exec, no plugins, no file paths.",
                form = Form.SECRET,
                otherwise = "the cluster that Slipway runs in")
        @Nullable
        String kubeconfig) {
    public Cluster {
        Names.requireName("name", name);
        if (kubeconfig != null) {
            Names.requireName("kubeconfig", kubeconfig);
        }
    }
}
