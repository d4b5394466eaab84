package dev.slipway.api.deployment;

import dev.slipway.api.Input;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.Order;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import tools.jackson.databind.json.JsonMapper;

/** Orders to a deployment. Each is answered with the deployment once it was obeyed, and with a problem where it was not. */
@RestController
@RequestMapping("/api/deployments/{id}")
class OrderController {
    private final DeploymentIndex index;
    private final DeploymentFeatures features;
    private final DeploymentOrders orders;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    OrderController(
            DeploymentIndex index,
            DeploymentFeatures features,
            DeploymentOrders orders,
            IdempotencyKeys keys,
            JsonMapper json) {
        this.index = index;
        this.features = features;
        this.orders = orders;
        this.keys = keys;
        this.json = json;
    }

    @Operation(
            operationId = "cancelDeployment",
            summary = "Cancel a deployment: targets are restored, a pushed commit stays")
    @Fails({FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentAnswer cancel(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return order(id, DeploymentControl.CANCEL, request, key);
    }

    @Operation(operationId = "pauseDeployment", summary = "Pause a deployment: no further target is started")
    @Fails({FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentAnswer pause(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return order(id, DeploymentControl.PAUSE, request, key);
    }

    @Operation(operationId = "resumeDeployment", summary = "Resume a paused deployment")
    @Fails({FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentAnswer resume(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return order(id, DeploymentControl.RESUME, request, key);
    }

    @Operation(
            operationId = "abandonRollback",
            summary = "Abandon a rollback: the deployment fails, the remaining targets stay as they are")
    @Fails({FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/abandon")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeploymentAnswer abandon(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return order(id, DeploymentControl.ABANDON, request, key);
    }

    @Operation(operationId = "retryTask", summary = "Retry a failed target of a held deployment")
    @Fails({FailureType.UNKNOWN_TARGET, FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/retry")
    DeploymentAnswer retry(
            @PathVariable DeploymentId id,
            @RequestBody TargetRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return orderTarget(id, DeploymentControl.RETRY, request, key);
    }

    @Operation(operationId = "skipTask", summary = "Skip a failed target of a held deployment")
    @Fails({FailureType.UNKNOWN_TARGET, FailureType.NOT_POSSIBLE_NOW, FailureType.TEMPORAL_UNAVAILABLE})
    @PostMapping("/skip")
    DeploymentAnswer skip(
            @PathVariable DeploymentId id,
            @RequestBody TargetRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        return orderTarget(id, DeploymentControl.SKIP, request, key);
    }

    @Operation(
            operationId = "rollBackDeployment",
            summary = "Roll back a running deployment, or deploy the previous version after one that has ended")
    @Fails(
            value = {
                FailureType.NOT_POSSIBLE_NOW,
                FailureType.NO_ROLLBACK_TARGET,
                FailureType.ENVIRONMENT_BUSY,
                FailureType.UNKNOWN_ENVIRONMENT,
                FailureType.UNKNOWN_RELEASE,
                FailureType.MISSING_COMPONENT,
                FailureType.TEMPORAL_UNAVAILABLE
            },
            unprocessable = true)
    @ApiResponse(
            responseCode = "202",
            description = "The deployment that performs the rollback",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "The deployment",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = DeploymentAnswer.class)))
    @PostMapping(path = "/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> rollBack(
            @PathVariable DeploymentId id,
            @RequestBody(required = false) @Nullable ReasonRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        DeploymentEntry entry = index.findByPrefix(id);
        String reason = reason(request);
        IdempotencyKey known = RequestKey.of(key, "POST /api/deployments/" + entry.id() + "/rollback " + reason);
        IdempotencyKeys.Answer answer = entry.ended()
                ? features.of(entry.kind()).rollBack(entry.id(), reason, known)
                : rollBackLive(entry, reason, known);
        return ResponseEntity.accepted()
                .location(URI.create("/api/deployments/" + answer.deployment()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.response());
    }

    // First the key: when the deployment has ended and the answer was lost, the same request must not begin another.
    private IdempotencyKeys.Answer rollBackLive(
            DeploymentEntry entry, @Nullable String reason, @Nullable IdempotencyKey key) {
        IdempotencyKeys.Answer now = new IdempotencyKeys.Answer(entry.id(), json.writeValueAsString(view(entry)));
        IdempotencyKeys.Answer kept = key == null ? now : keys.keep(key, now);
        try {
            orders.give(entry, DeploymentControl.ROLLBACK, new Order(Actor.OPERATOR, reason), updateId(key));
        } catch (SlipwayException e) {
            if (key != null && e.type() == FailureType.NOT_POSSIBLE_NOW) {
                keys.release(key);
            }
            throw e;
        }
        return kept;
    }

    private DeploymentAnswer order(
            DeploymentId id, String order, @Nullable ReasonRequest request, @Nullable String key) {
        DeploymentEntry entry = index.findByPrefix(id);
        String reason = reason(request);
        IdempotencyKey known = RequestKey.of(key, order + " " + entry.id() + " " + reason);
        orders.give(entry, order, new Order(Actor.OPERATOR, reason), updateId(known));
        return view(entry);
    }

    private DeploymentAnswer orderTarget(DeploymentId id, String order, TargetRequest request, @Nullable String key) {
        DeploymentEntry entry = index.findByPrefix(id);
        String target = Input.required("target", request.target());
        features.of(entry.kind()).requireTarget(entry.id(), target);
        IdempotencyKey known = RequestKey.of(key, order + " " + entry.id() + " " + target);
        orders.give(entry, order, new Order.OfTarget(target, Actor.OPERATOR, null), updateId(known));
        return view(entry);
    }

    private DeploymentAnswer view(DeploymentEntry entry) {
        return features.of(entry.kind()).view(entry.id());
    }

    private static String updateId(@Nullable IdempotencyKey key) {
        return Optional.ofNullable(key)
                .map(IdempotencyKey::id)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static @Nullable String reason(@Nullable ReasonRequest request) {
        return request == null ? null : Reasons.require(request.reason());
    }

    record ReasonRequest(
            @Schema(maxLength = Reasons.LONGEST) @Nullable String reason) {}

    record TargetRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String target) {}
}
