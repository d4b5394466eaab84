package dev.slipway.store.gitops;

import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import java.util.function.Function;

/**
 * A kind of what is declared, and the record that it is.
 *
 * @param name as documents spell it
 */
public record ResourceKind<T>(String name, Class<T> type, Function<T, String> nameOf) {
    public static final ResourceKind<GitProvider> GIT_PROVIDER =
            new ResourceKind<>("GitProvider", GitProvider.class, GitProvider::name);
    public static final ResourceKind<IacRepository> IAC_REPOSITORY =
            new ResourceKind<>("IacRepository", IacRepository.class, IacRepository::name);
    public static final ResourceKind<Cluster> CLUSTER = new ResourceKind<>("Cluster", Cluster.class, Cluster::name);
    public static final ResourceKind<Webhook> WEBHOOK = new ResourceKind<>("Webhook", Webhook.class, Webhook::name);
}
