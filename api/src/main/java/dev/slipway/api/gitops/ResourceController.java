package dev.slipway.api.gitops;

import dev.slipway.api.Page;
import dev.slipway.api.gitops.ResourceView.AppEnvironmentView;
import dev.slipway.api.gitops.ResourceView.AppView;
import dev.slipway.api.gitops.ResourceView.ClusterView;
import dev.slipway.api.gitops.ResourceView.GitProviderView;
import dev.slipway.api.gitops.ResourceView.IacRepositoryView;
import dev.slipway.api.gitops.ResourceView.WebhookView;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is declared for GitOps. Secrets are in none of it, only their names. */
@RestController
class ResourceController {
    private final GitOpsResources resources;

    ResourceController(GitOpsResources resources) {
        this.resources = resources;
    }

    @Operation(operationId = "listApps", summary = "All apps, by name")
    @GetMapping("/api/apps")
    Page<AppView> apps() {
        return page(resources.findAll(ResourceKind.APP), AppView::of);
    }

    @Operation(operationId = "listAppEnvironments", summary = "The environments of one app, or of all")
    @GetMapping("/api/app-environments")
    Page<AppEnvironmentView> appEnvironments(@RequestParam(required = false) @Nullable String app) {
        return page(
                app == null
                        ? resources.findAll(ResourceKind.APP_ENVIRONMENT)
                        : resources.findAll(ResourceKind.APP_ENVIRONMENT, app),
                AppEnvironmentView::of);
    }

    @Operation(operationId = "listIacRepositories", summary = "All IaC repositories, by name")
    @GetMapping("/api/iac-repositories")
    Page<IacRepositoryView> iacRepositories() {
        return page(resources.findAll(ResourceKind.IAC_REPOSITORY), IacRepositoryView::of);
    }

    @Operation(operationId = "listClusters", summary = "All clusters, by name")
    @GetMapping("/api/clusters")
    Page<ClusterView> clusters() {
        return page(resources.findAll(ResourceKind.CLUSTER), ClusterView::of);
    }

    @Operation(operationId = "listGitProviders", summary = "All Git providers, by name")
    @GetMapping("/api/git-providers")
    Page<GitProviderView> gitProviders() {
        return page(resources.findAll(ResourceKind.GIT_PROVIDER), GitProviderView::of);
    }

    @Operation(operationId = "listWebhooks", summary = "All webhooks, by name")
    @GetMapping("/api/webhooks")
    Page<WebhookView> webhooks() {
        return page(resources.findAll(ResourceKind.WEBHOOK), WebhookView::of);
    }

    private static <T, V extends ResourceView> Page<V> page(List<T> declared, Function<T, V> view) {
        return Page.whole(declared.stream().map(view).toList());
    }
}
