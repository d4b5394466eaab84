package dev.slipway.api.gitops;

import dev.slipway.api.Input;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.api.security.FollowTokens;
import dev.slipway.core.failure.FailureType;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes charts from CI jobs. The job's token is the proof of who asks: there is no other. */
@RestController
class DeployController {
    private final GitOpsRequests requests;
    private final FollowTokens followTokens;
    private final JsonMapper json;

    DeployController(GitOpsRequests requests, FollowTokens followTokens, JsonMapper json) {
        this.requests = requests;
        this.followTokens = followTokens;
        this.json = json;
    }

    @Operation(
            operationId = "deployChart",
            summary = "Deploy the chart that a CI job has built",
            description = "The job is verified with the project's Git provider; no bearer token is needed.")
    @Fails(
            value = {
                FailureType.FORBIDDEN,
                FailureType.NO_MATCHING_ENVIRONMENT,
                FailureType.INVALID_CHART,
                FailureType.UNSAFE_ARCHIVE,
                FailureType.ARCHIVE_TOO_LARGE,
                FailureType.ADDRESS_NOT_ALLOWED,
                FailureType.PROVIDER_UNAVAILABLE,
                FailureType.TEMPORAL_UNAVAILABLE,
                FailureType.ARTIFACT_UNAVAILABLE
            },
            statuses = HttpStatus.TOO_MANY_REQUESTS,
            unprocessable = true)
    @SecurityRequirements
    @ApiResponse(
            responseCode = "202",
            description = "Accepted; the deployment, with a token to follow it by",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "The deployment",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = GitOpsDeploymentView.class)))
    @PostMapping(
            path = "/api/deploy",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> deploy(
            @Parameter(required = true) @RequestParam(required = false) @Nullable MultipartFile chart,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String repoUrl,
            @RequestParam(required = false) @Nullable String jobId,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String jobToken,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String version,
            @RequestHeader(name = RequestKey.HEADER, required = false) @Nullable String key) {
        MultipartFile file = Input.required("chart", chart);
        if (file.isEmpty()) {
            throw new UnprocessableException("chart", "chart: is empty; send a chart packaged by \"helm package\"");
        }
        Answer accepted = requests.deploy(
                new ChartRequest(
                        file,
                        Input.required("repoUrl", repoUrl),
                        jobId,
                        Input.required("jobToken", jobToken),
                        Input.required("version", version)),
                key);
        return ResponseEntity.accepted()
                .location(URI.create("/api/deployments/" + accepted.deployment()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(withToken(accepted));
    }

    // It is in no answer that is kept.
    private String withToken(Answer accepted) {
        ObjectNode answer = (ObjectNode) json.readTree(accepted.response());
        answer.put("followToken", followTokens.of(accepted.deployment()));
        return json.writeValueAsString(answer);
    }

    /** What a job asks for, as it was sent. The chart lies in a file until it is known who asks. */
    record ChartRequest(
            MultipartFile chart, String repoUrl, @Nullable String jobId, String jobToken, String version) {
        @Override
        public String toString() {
            return "ChartRequest[" + repoUrl + ", " + jobId + ", ***, " + version + "]";
        }
    }
}
