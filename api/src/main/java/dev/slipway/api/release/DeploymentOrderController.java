package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.deployment.Reasons;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.workflows.release.DeploymentControl;
import dev.slipway.workflows.release.OrderAnswer;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
    private final DeploymentStore deployments;
    private final DeploymentOrders orders;

    DeploymentOrderController(DeploymentStore deployments, DeploymentOrders orders) {
        this.deployments = deployments;
        this.orders = orders;
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
        return request == null ? null : Reasons.require(request.reason());
    }

    record ReasonRequest(@Nullable String reason) {}

    record TargetRequest(@Nullable String target) {}
}
