package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.Words;
import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.release.NewDeployment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
    @Fails(
            value = {
                FailureType.UNKNOWN_RELEASE,
                FailureType.UNKNOWN_ENVIRONMENT,
                FailureType.MISSING_COMPONENT,
                FailureType.ENVIRONMENT_BUSY,
                FailureType.TEMPORAL_UNAVAILABLE
            },
            unprocessable = true)
    @ApiResponse(
            responseCode = "202",
            description = "Accepted",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "The deployment",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = DeploymentView.class)))
    @PostMapping(path = "/api/deployments", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(
            @RequestBody DeploymentRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        Answer accepted = requests.deploy(
                request.read(), RequestKey.of(key, "POST /api/deployments " + json.writeValueAsString(request)));
        return ResponseEntity.accepted()
                .location(URI.create("/api/deployments/" + accepted.deployment()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(accepted.response());
    }

    /** {@code environment}: NAME of the default project, or PROJECT/NAME. {@code release}: NAME@VERSION, of that project. */
    record DeploymentRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = ReleaseReference.PATTERN) @Nullable
            String release,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = EnvironmentId.PATTERN) @Nullable
            String environment,

            @Schema(allowableValues = {"rolling", "all-at-once"}) @Nullable
            String strategy,

            @Schema(pattern = BatchSize.PATTERN) @Nullable String batch,

            @Schema(allowableValues = {"rollback", "stop"}) @Nullable
            String onFailure,

            @Nullable Boolean force) {
        NewDeployment read() {
            EnvironmentId to = EnvironmentId.parse("environment", Input.required("environment", environment));
            return new NewDeployment(
                    DeploymentIds.next(),
                    to.toString(),
                    ReleaseReference.parse(to.project(), Input.required("release", release)),
                    StrategyRequest.read(strategy, batch),
                    onFailure == null ? OnFailure.ROLLBACK : Words.read("onFailure", onFailure, OnFailure.class),
                    Boolean.TRUE.equals(force),
                    null,
                    DeploymentMessage.ACCEPTED.with(),
                    Actor.OPERATOR);
        }
    }
}
