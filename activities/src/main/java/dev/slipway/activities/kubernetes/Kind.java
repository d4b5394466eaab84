package dev.slipway.activities.kubernetes;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of objects that are looked at. */
enum Kind {
    HELM_RELEASE("helm.toolkit.fluxcd.io", "v2", "helmreleases", "HelmRelease"),
    KUSTOMIZATION("kustomize.toolkit.fluxcd.io", "v1", "kustomizations", "Kustomization"),
    GIT_REPOSITORY("source.toolkit.fluxcd.io", "v1", "gitrepositories", "GitRepository"),
    HELM_CHART("source.toolkit.fluxcd.io", "v1", "helmcharts", "HelmChart"),
    APPLICATION("argoproj.io", "v1alpha1", "applications", "Application"),
    SECRET("", "v1", "secrets", "Secret"),
    EVENT("", "v1", "events", "Event"),
    POD("", "v1", "pods", "Pod"),
    REPLICA_SET("apps", "v1", "replicasets", "ReplicaSet"),
    DEPLOYMENT("apps", "v1", "deployments", "Deployment"),
    STATEFUL_SET("apps", "v1", "statefulsets", "StatefulSet"),
    DAEMON_SET("apps", "v1", "daemonsets", "DaemonSet"),
    JOB("batch", "v1", "jobs", "Job");

    private final String group;
    private final String version;
    private final String plural;
    private final String display;

    Kind(String group, String version, String plural, String display) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.display = display;
    }

    static Optional<Kind> of(String display) {
        return Arrays.stream(values())
                .filter(kind -> kind.display.equals(display))
                .findFirst();
    }

    String group() {
        return group;
    }

    String version() {
        return version;
    }

    String plural() {
        return plural;
    }

    /** As in a manifest: {@code HelmRelease}. */
    String display() {
        return display;
    }

    /** As rules of RBAC are spoken of: {@code helmreleases.helm.toolkit.fluxcd.io}. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
