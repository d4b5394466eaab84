package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.release.Accepted;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.IdempotencyKey;
import dev.slipway.workflows.release.DeploymentControl;
import dev.slipway.workflows.release.OrderAnswer;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/deployments/{id}")
class DeploymentOrderController {
    private static final int LONGEST_REASON = 1_000;

    private final DeploymentStore deployments;
    private final DeploymentOrders orders;
    private final DeploymentRequests requests;
    private final DeploymentRebuild rebuild;

    DeploymentOrderController(
            DeploymentStore deployments,
            DeploymentOrders orders,
            DeploymentRequests requests,
            DeploymentRebuild rebuild) {
        this.deployments = deployments;
        this.orders = orders;
        this.requests = requests;
        this.rebuild = rebuild;
    }

    @Operation(operationId = "cancelDeployment", summary = "Stop it, and bring back what it touched")
    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentView cancel(
            @PathVariable DeploymentId id, @RequestBody(required = false) @Nullable ReasonRequest request) {
        return signal(id, workflow -> workflow.cancel(reason(request)));
    }

    @Operation(operationId = "pauseDeployment", summary = "Begin no further target")
    @PostMapping("/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentView pause(
            @PathVariable DeploymentId id, @RequestBody(required = false) @Nullable ReasonRequest request) {
        Deployment deployment = deployments.findByPrefix(id);
        if (!deployment.ended() && !deployment.status().canBePaused()) {
            throw new SlipwayException(
                    FailureType.NOT_POSSIBLE_NOW,
                    "Deployment %s is %s; there is nothing to pause"
                            .formatted(deployment.id(), deployment.status().wireName()));
        }
        return signal(id, workflow -> workflow.pause(reason(request)));
    }

    @Operation(operationId = "resumeDeployment", summary = "Go on after a pause")
    @PostMapping("/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentView resume(
            @PathVariable DeploymentId id, @RequestBody(required = false) @Nullable ReasonRequest request) {
        reason(request);
        return signal(id, DeploymentControl::resume);
    }

    @Operation(
            operationId = "rollBackDeployment",
            summary = "Roll a live deployment back, or deploy what ran before one that has ended")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = DeploymentView.class)))
    @PostMapping(path = "/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> rollBack(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        Deployment deployment = deployments.findByPrefix(id);
        String reason = reason(request);
        IdempotencyKey known = RequestKey.of(key, "POST /api/deployments/" + deployment.id() + "/rollback " + reason);
        if (deployment.ended()) {
            return DeploymentController.accepted(requests.rollBack(deployment, reason, known));
        }
        // First the key: when the deployment has ended and the answer was lost, the same request must not begin
        // another.
        Accepted accepted = requests.keep(deployment, known);
        orders.signal(deployment, workflow -> workflow.rollback(reason));
        return DeploymentController.accepted(accepted);
    }

    @Operation(operationId = "retryTask", summary = "Try a failed target of a held deployment again")
    @PostMapping("/retry")
    DeploymentView retry(
            @PathVariable DeploymentId id,
            @RequestBody TargetRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return update(id, "retry", request, key, ReleaseDeploymentWorkflow::retryTask);
    }

    @Operation(operationId = "skipTask", summary = "Go on without a failed target of a held deployment")
    @PostMapping("/skip")
    DeploymentView skip(
            @PathVariable DeploymentId id,
            @RequestBody TargetRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return update(id, "skip", request, key, ReleaseDeploymentWorkflow::skipTask);
    }

    @Operation(
            operationId = "rebuildDeployment",
            summary = "Write what is stored of an ended deployment again, from its workflow's history")
    @PostMapping("/rebuild")
    DeploymentView rebuild(@PathVariable DeploymentId id) {
        Deployment deployment = deployments.findByPrefix(id);
        rebuild.rebuild(deployment);
        return view(deployment.id());
    }

    private DeploymentView signal(DeploymentId id, Consumer<ReleaseDeploymentWorkflow> order) {
        Deployment deployment = deployments.findByPrefix(id);
        orders.signal(deployment, order);
        return view(deployment.id());
    }

    private DeploymentView update(
            DeploymentId id,
            String verb,
            TargetRequest request,
            @Nullable String key,
            BiFunction<ReleaseDeploymentWorkflow, String, OrderAnswer> order) {
        Deployment deployment = deployments.findByPrefix(id);
        String target = Input.required("target", request.target());
        if (!deployments.hasTarget(deployment.id(), target)) {
            throw new SlipwayException(
                    FailureType.UNKNOWN_TARGET,
                    "Deployment " + deployment.id() + " has no target \"" + Names.shown(target) + "\"");
        }
        IdempotencyKey known = RequestKey.of(key, verb + " " + target);
        orders.update(deployment, target, known == null ? UUID.randomUUID().toString() : known.id(), order);
        return view(deployment.id());
    }

    private DeploymentView view(DeploymentId id) {
        return DeploymentView.of(deployments.findByPrefix(id), deployments.tasks(id));
    }

    private static @Nullable String reason(@Nullable ReasonRequest request) {
        String reason = request == null ? null : request.reason();
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new InvalidInputException("reason", "is longer than " + LONGEST_REASON + " characters");
        }
        return reason;
    }

    record ReasonRequest(@Nullable String reason) {}

    record TargetRequest(@Nullable String target) {}
}
