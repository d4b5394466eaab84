package dev.slipway.api.release;

import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.store.release.DeploymentStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What agents read before a step: the steps themselves carry a digest only. */
@RestController
class SpecificationController {
    private final DeploymentStore deployments;

    SpecificationController(DeploymentStore deployments) {
        this.deployments = deployments;
    }

    /** Byte by byte as it is stored, for the agent compares its digest. Targets of other nodes are unknown here. */
    @Operation(
            operationId = "getTaskSpecification",
            summary = "The specification of a target when the deployment was accepted, for the node's agent")
    @Fails(FailureType.UNKNOWN_TARGET)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(
            value = "/api/nodes/{node}/deployments/{deployment}/tasks/{target}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] get(@PathVariable String node, @PathVariable DeploymentId deployment, @PathVariable String target) {
        return deployments
                .findSpecification(deployment, target, node)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_TARGET,
                        "Deployment " + deployment + " has no target \"" + Names.shown(target) + "\" on node \""
                                + Names.shown(node) + "\""));
    }
}
