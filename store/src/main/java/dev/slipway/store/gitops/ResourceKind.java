package dev.slipway.store.gitops;

import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import java.util.function.Function;

/**
 * A kind of what is declared, and the record that it is.
 *
 * @param name as documents spell it
 * @param appOf which app one belongs to; empty for what belongs to none
 * @param nameOf tells those of one kind and app apart
 */
public record ResourceKind<T>(String name, Class<T> type, Function<T, String> appOf, Function<T, String> nameOf) {
    public static final ResourceKind<GitProvider> GIT_PROVIDER =
            ofNoApp("GitProvider", GitProvider.class, GitProvider::name);
    public static final ResourceKind<IacRepository> IAC_REPOSITORY =
            ofNoApp("IacRepository", IacRepository.class, IacRepository::name);
    public static final ResourceKind<Cluster> CLUSTER = ofNoApp("Cluster", Cluster.class, Cluster::name);
    public static final ResourceKind<App> APP = ofNoApp("App", App.class, App::name);
    public static final ResourceKind<AppEnvironment> APP_ENVIRONMENT =
            new ResourceKind<>("AppEnvironment", AppEnvironment.class, AppEnvironment::app, AppEnvironment::name);
    public static final ResourceKind<Webhook> WEBHOOK = ofNoApp("Webhook", Webhook.class, Webhook::name);

    private static <T> ResourceKind<T> ofNoApp(String name, Class<T> type, Function<T, String> nameOf) {
        return new ResourceKind<>(name, type, _ -> "", nameOf);
    }
}
