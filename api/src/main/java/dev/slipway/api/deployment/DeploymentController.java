package dev.slipway.api.deployment;

import dev.slipway.api.Page;
import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentFilter;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.store.deployment.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of every deployment. The feature that it is of answers. */
@RestController
class DeploymentController {
    private final DeploymentIndex index;
    private final DeploymentRebuild rebuild;
    private final Map<DeploymentKind, DeploymentFeature> features = new EnumMap<>(DeploymentKind.class);

    DeploymentController(DeploymentIndex index, DeploymentRebuild rebuild, List<DeploymentFeature> features) {
        this.index = index;
        this.rebuild = rebuild;
        features.forEach(feature -> this.features.put(feature.kind(), feature));
    }

    @Operation(operationId = "listDeployments", summary = "Deployments, the newest first, without their tasks")
    @GetMapping("/api/deployments")
    Page<Object> list(
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeploymentFilter filter = new DeploymentFilter(
                environment,
                status == null ? null : StatusNames.require(status),
                cursor == null ? null : new DeploymentId(cursor),
                Page.requireLimit(limit) + 1);
        Page<DeploymentEntry> page =
                Page.of(index.list(filter), limit, last -> last.id().value());
        Map<DeploymentId, Object> summaries = new HashMap<>();
        features.forEach((kind, feature) -> summaries.putAll(feature.summaries(page.items().stream()
                .filter(entry -> entry.kind() == kind)
                .map(DeploymentEntry::id)
                .toList())));
        return page.map(entry -> Objects.requireNonNull(summaries.get(entry.id())));
    }

    @Operation(
            operationId = "getDeployment",
            summary = "One deployment, with its tasks if it has any; the beginning of its id will do")
    @GetMapping("/api/deployments/{id}")
    Object get(@PathVariable DeploymentId id) {
        DeploymentEntry entry = index.findByPrefix(id);
        return feature(entry).view(entry.id());
    }

    @Operation(operationId = "cancelDeployment", summary = "Stop it, and bring back what it touched")
    @PostMapping("/api/deployments/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Object cancel(@PathVariable DeploymentId id, @RequestBody(required = false) @Nullable CancelRequest request) {
        DeploymentEntry entry = index.findByPrefix(id);
        String reason = request == null ? null : Reasons.require(request.reason());
        boolean revert = request != null && Boolean.TRUE.equals(request.revert());
        if (revert && entry.kind() != DeploymentKind.GITOPS) {
            throw new InvalidInputException(
                    "revert", "is for deployments by gitops; a release is always brought back to what ran before");
        }
        feature(entry).cancel(entry.id(), reason, revert);
        return feature(entry).view(entry.id());
    }

    @Operation(
            operationId = "rollBackDeployment",
            summary = "Roll a live deployment back, or deploy what ran before one that has ended")
    @PostMapping(path = "/api/deployments/{id}/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> rollBack(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        DeploymentEntry entry = index.findByPrefix(id);
        String reason = request == null ? null : Reasons.require(request.reason());
        IdempotencyKey known = RequestKey.of(key, "POST /api/deployments/" + entry.id() + "/rollback " + reason);
        DeploymentFeature.RollbackAnswer answer = feature(entry).rollBack(entry.id(), reason, known);
        return ResponseEntity.accepted()
                .location(URI.create("/api/deployments/" + answer.deployment()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    @Operation(
            operationId = "rebuildDeployment",
            summary = "Write what is stored of an ended deployment again, from its workflow's history")
    @PostMapping("/api/deployments/{id}/rebuild")
    Object rebuild(@PathVariable DeploymentId id) {
        DeploymentEntry entry = index.findByPrefix(id);
        rebuild.rebuild(entry);
        return feature(entry).view(entry.id());
    }

    private DeploymentFeature feature(DeploymentEntry entry) {
        return Objects.requireNonNull(features.get(entry.kind()));
    }

    /** {@code revert}: for deployments by gitops, commit again what was there before. */
    record CancelRequest(@Nullable String reason, @Nullable Boolean revert) {}

    record ReasonRequest(@Nullable String reason) {}
}
