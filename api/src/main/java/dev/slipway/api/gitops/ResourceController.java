package dev.slipway.api.gitops;

import dev.slipway.api.Page;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is declared for GitOps. Secrets are in none of it, only their names. */
@RestController
class ResourceController {
    private final GitOpsResources resources;

    ResourceController(GitOpsResources resources) {
        this.resources = resources;
    }

    @Operation(operationId = "listIacRepositories", summary = "All IaC repositories, by name")
    @GetMapping("/api/iac-repositories")
    Page<IacRepository> iacRepositories() {
        return Page.whole(resources.findAll(ResourceKind.IAC_REPOSITORY));
    }

    @Operation(operationId = "listClusters", summary = "All clusters, by name")
    @GetMapping("/api/clusters")
    Page<Cluster> clusters() {
        return Page.whole(resources.findAll(ResourceKind.CLUSTER));
    }

    @Operation(operationId = "listGitProviders", summary = "All Git providers, by name")
    @GetMapping("/api/git-providers")
    Page<GitProvider> gitProviders() {
        return Page.whole(resources.findAll(ResourceKind.GIT_PROVIDER));
    }

    @Operation(operationId = "listWebhooks", summary = "All webhooks, by name")
    @GetMapping("/api/webhooks")
    Page<Webhook> webhooks() {
        return Page.whole(resources.findAll(ResourceKind.WEBHOOK));
    }
}
