package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.Page;
import dev.slipway.api.Words;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.release.Accepted;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentFilter;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.NewDeployment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class DeploymentController {
    private final DeploymentRequests requests;
    private final DeploymentStore deployments;
    private final JsonMapper json;

    DeploymentController(DeploymentRequests requests, DeploymentStore deployments, JsonMapper json) {
        this.requests = requests;
        this.deployments = deployments;
        this.json = json;
    }

    @Operation(operationId = "createDeployment", summary = "Deploy a release to an environment")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = DeploymentView.class)))
    @PostMapping(path = "/api/deployments", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(
            @RequestBody DeploymentRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        Accepted accepted = requests.deploy(
                request.read(), RequestKey.of(key, "POST /api/deployments " + json.writeValueAsString(request)));
        return accepted(accepted);
    }

    @Operation(operationId = "listDeployments", summary = "Deployments, the newest first, without their tasks")
    @GetMapping("/api/deployments")
    Page<DeploymentView> list(
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeploymentFilter filter = new DeploymentFilter(
                environment,
                status == null ? null : Words.read("status", status, DeploymentStatus.class),
                cursor == null ? null : new DeploymentId(cursor),
                Page.requireLimit(limit) + 1);
        return Page.of(deployments.list(filter), limit, last -> last.id().value())
                .map(DeploymentView::withoutTasks);
    }

    @Operation(
            operationId = "getDeployment",
            summary = "One deployment with its tasks; the beginning of its id will do")
    @GetMapping("/api/deployments/{id}")
    DeploymentView get(@PathVariable DeploymentId id) {
        Deployment deployment = deployments.findByPrefix(id);
        return DeploymentView.of(deployment, deployments.tasks(deployment.id()));
    }

    static ResponseEntity<String> accepted(Accepted accepted) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/deployments/" + accepted.deployment().id()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(accepted.response());
    }

    /** {@code release}: NAME@VERSION. {@code batch}: a count or a percentage, for the strategy rolling only. */
    record DeploymentRequest(
            @Nullable String release,
            @Nullable String environment,

            @Schema(allowableValues = {"rolling", "all-at-once"}) @Nullable
            String strategy,

            @Nullable String batch,

            @Schema(allowableValues = {"rollback", "stop"}) @Nullable
            String onFailure,

            @Nullable Boolean force) {
        NewDeployment read() {
            return new NewDeployment(
                    DeploymentIds.next(),
                    Input.required("environment", environment),
                    ReleaseReference.parse(Input.required("release", release)),
                    StrategyRequest.read(strategy, batch),
                    onFailure == null ? OnFailure.ROLLBACK : Words.read("onFailure", onFailure, OnFailure.class),
                    Boolean.TRUE.equals(force),
                    null,
                    "Accepted, and waits for a worker");
        }
    }
}
