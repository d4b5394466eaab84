package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.Words;
import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.release.Accepted;
import dev.slipway.store.release.NewDeployment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class ReleaseDeploymentController {
    private final DeploymentRequests requests;
    private final JsonMapper json;

    ReleaseDeploymentController(DeploymentRequests requests, JsonMapper json) {
        this.requests = requests;
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

    private static ResponseEntity<String> accepted(Accepted accepted) {
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
                    DeploymentMessage.ACCEPTED.with(),
                    Actor.OPERATOR);
        }
    }
}
