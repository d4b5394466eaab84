package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What applies a committed chart to the cluster, and so what tells how far it has come. */
public enum Reconciler {
    /** Flux: a HelmRelease or a Kustomization, with its source. */
    FLUX,
    /** Something that runs Helm; its release secrets tell. */
    HELM,
    /** Argo CD: an Application. */
    ARGOCD,
    /** Nobody watches: the commit is all. */
    NONE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
