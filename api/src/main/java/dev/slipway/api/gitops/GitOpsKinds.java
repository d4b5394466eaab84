package dev.slipway.api.gitops;

import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of documents that GitOps deployments are declared by. */
@Configuration(proxyBeanMethods = false)
class GitOpsKinds {
    @Bean
    DocumentKind<GitProvider> gitProviderKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(resources, ResourceKind.GIT_PROVIDER, references::check);
    }

    @Bean
    DocumentKind<IacRepository> iacRepositoryKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.IAC_REPOSITORY,
                (before, declared) -> before.ifPresent(it -> References.requireSameHost(it, declared)),
                references::check);
    }

    @Bean
    DocumentKind<Cluster> clusterKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(resources, ResourceKind.CLUSTER, references::check);
    }

    @Bean
    DocumentKind<Webhook> webhookKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(resources, ResourceKind.WEBHOOK, references::check);
    }
}
