package dev.slipway.api.gitops;

import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.input.Durations;
import dev.slipway.store.gitops.ResourceKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource as its document declares it, so that it can be applied again. */
sealed interface ResourceView {
    String kind();

    record AppView(String kind, String name, String repository, String provider) implements ResourceView {
        static AppView of(App app) {
            // How it was reached when it was declared is not kept: it makes no difference.
            // Only ssh has a port that https would take for its own.
            String repository =
                    (app.repository().identity().contains(":443/") ? "ssh://git@" : "https://") + app.repository();
            return new AppView(ResourceKind.APP.name(), app.name(), repository, app.provider());
        }
    }

    record AppEnvironmentView(
            String kind,
            String app,
            String name,
            String branch,
            String iacRepository,
            String path,
            Map<String, String> values,
            @Nullable String cluster,
            Reconciler reconciler,
            String namespace,
            String releaseName,
            String timeout,
            boolean nudge,
            OnFailure onFailure)
            implements ResourceView {
        static AppEnvironmentView of(AppEnvironment environment) {
            return new AppEnvironmentView(
                    ResourceKind.APP_ENVIRONMENT.name(),
                    environment.app(),
                    environment.name(),
                    environment.branch().toString(),
                    environment.iacRepository(),
                    environment.path(),
                    environment.values(),
                    environment.cluster(),
                    environment.reconciler(),
                    environment.namespace(),
                    environment.releaseName(),
                    Durations.format(environment.timeout()),
                    environment.nudge(),
                    environment.onFailure());
        }
    }

    record IacRepositoryView(
            String kind,
            String name,
            String url,
            String branch,
            @Nullable String credential,
            IacRepository.Person author,
            @Nullable String certificateAuthority,
            List<String> knownHosts,
            @Nullable String signingKey)
            implements ResourceView {
        static IacRepositoryView of(IacRepository repository) {
            return new IacRepositoryView(
                    ResourceKind.IAC_REPOSITORY.name(),
                    repository.name(),
                    repository.remote().toString(),
                    repository.branch(),
                    repository.credential(),
                    repository.author(),
                    repository.certificateAuthority(),
                    repository.knownHosts(),
                    repository.signingKey());
        }
    }

    record ClusterView(String kind, String name, @Nullable String kubeconfig) implements ResourceView {
        static ClusterView of(Cluster cluster) {
            return new ClusterView(ResourceKind.CLUSTER.name(), cluster.name(), cluster.kubeconfig());
        }
    }

    record GitProviderView(
            String kind,
            String name,
            GitProvider.Type type,
            URI url,
            @Nullable URI issuer,
            String audience) implements ResourceView {
        static GitProviderView of(GitProvider provider) {
            return new GitProviderView(
                    ResourceKind.GIT_PROVIDER.name(),
                    provider.name(),
                    provider.type(),
                    provider.url(),
                    provider.issuer(),
                    provider.audience());
        }
    }

    record WebhookView(
            String kind,
            String name,
            Webhook.Type type,
            String secret,
            @Nullable String cluster,
            @Nullable String iacRepository)
            implements ResourceView {
        static WebhookView of(Webhook webhook) {
            return new WebhookView(
                    ResourceKind.WEBHOOK.name(),
                    webhook.name(),
                    webhook.type(),
                    webhook.secret(),
                    webhook.cluster(),
                    webhook.iacRepository());
        }
    }
}
