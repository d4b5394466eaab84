package dev.slipway.api.deployment;

import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentFilter;
import dev.slipway.store.deployment.DeploymentIndex;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of every deployment. The feature that it is of answers. */
@RestController
class DeploymentController {
    private final DeploymentIndex index;
    private final DeploymentRebuild rebuild;
    private final DeploymentFeatures features;

    DeploymentController(DeploymentIndex index, DeploymentRebuild rebuild, DeploymentFeatures features) {
        this.index = index;
        this.rebuild = rebuild;
        this.features = features;
    }

    @Operation(operationId = "listDeployments", summary = "Deployments, the newest first, without their tasks")
    @GetMapping("/api/deployments")
    Page<DeploymentAnswer> list(
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String environment,
            @Parameter(schema = @Schema(ref = "#/components/schemas/DeploymentStatusName"))
                    @RequestParam(required = false)
                    @Nullable
                    String status,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = DeploymentId.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        DeploymentFilter filter = new DeploymentFilter(
                project,
                environment == null ? null : EnvironmentId.plain(environment),
                status == null ? null : StatusNames.require(status),
                cursor == null ? null : new DeploymentId(cursor),
                Page.requireLimit(limit) + 1);
        Page<DeploymentEntry> page =
                Page.of(index.list(filter), limit, last -> last.id().value());
        Map<DeploymentId, DeploymentAnswer> summaries = new HashMap<>();
        features.all()
                .forEach(feature -> summaries.putAll(feature.summaries(page.items().stream()
                        .filter(entry -> entry.kind() == feature.kind())
                        .map(DeploymentEntry::id)
                        .toList())));
        return page.map(entry -> Objects.requireNonNull(summaries.get(entry.id())));
    }

    @Operation(
            operationId = "getDeployment",
            summary = "One deployment, with its tasks if it has any; a unique prefix of its id is enough")
    @GetMapping("/api/deployments/{id}")
    DeploymentAnswer get(@PathVariable DeploymentId id) {
        DeploymentEntry entry = index.findByPrefix(id);
        return feature(entry).view(entry.id());
    }

    @Operation(
            operationId = "rebuildDeployment",
            summary = "Rebuild a finished deployment's status from its workflow's history")
    @Fails({FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/api/deployments/{id}/rebuild")
    DeploymentAnswer rebuild(@PathVariable DeploymentId id) {
        DeploymentEntry entry = index.findByPrefix(id);
        rebuild.rebuild(entry);
        return feature(entry).view(entry.id());
    }

    private DeploymentFeature feature(DeploymentEntry entry) {
        return features.of(entry.kind());
    }
}
