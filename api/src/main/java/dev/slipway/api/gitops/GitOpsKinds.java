package dev.slipway.api.gitops;

import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of documents that GitOps deployments are declared by. */
@Configuration(proxyBeanMethods = false)
class GitOpsKinds {
    private static final String OF_NO_APP = "";

    @Bean
    DocumentKind<GitProvider> gitProviderKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.GIT_PROVIDER,
                GitOpsReaders::gitProvider,
                _ -> OF_NO_APP,
                GitProvider::name,
                (_, _) -> {},
                references::check);
    }

    @Bean
    DocumentKind<IacRepository> iacRepositoryKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.IAC_REPOSITORY,
                GitOpsReaders::iacRepository,
                _ -> OF_NO_APP,
                IacRepository::name,
                (before, declared) -> before.ifPresent(it -> References.requireSameHost(it, declared)),
                references::check);
    }

    @Bean
    DocumentKind<Cluster> clusterKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.CLUSTER,
                GitOpsReaders::cluster,
                _ -> OF_NO_APP,
                Cluster::name,
                (_, _) -> {},
                references::check);
    }

    @Bean
    DocumentKind<App> appKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.APP,
                GitOpsReaders::app,
                _ -> OF_NO_APP,
                App::name,
                (_, _) -> {},
                references::check);
    }

    @Bean
    DocumentKind<AppEnvironment> appEnvironmentKind(GitOpsResources resources, References references) {
        return new DeclaredKind<>(
                resources,
                ResourceKind.APP_ENVIRONMENT,
                GitOpsReaders::appEnvironment,
                AppEnvironment::app,
                AppEnvironment::name,
                (_, _) -> {},
                references::check);
    }
}
