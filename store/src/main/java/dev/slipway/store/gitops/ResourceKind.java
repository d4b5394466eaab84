package dev.slipway.store.gitops;

import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;

/** A kind of what is declared, as documents name it, and the record that it is. */
public record ResourceKind<T>(String name, Class<T> type) {
    public static final ResourceKind<GitProvider> GIT_PROVIDER = new ResourceKind<>("GitProvider", GitProvider.class);
    public static final ResourceKind<IacRepository> IAC_REPOSITORY =
            new ResourceKind<>("IacRepository", IacRepository.class);
    public static final ResourceKind<Cluster> CLUSTER = new ResourceKind<>("Cluster", Cluster.class);
    public static final ResourceKind<App> APP = new ResourceKind<>("App", App.class);
    public static final ResourceKind<AppEnvironment> APP_ENVIRONMENT =
            new ResourceKind<>("AppEnvironment", AppEnvironment.class);
}
