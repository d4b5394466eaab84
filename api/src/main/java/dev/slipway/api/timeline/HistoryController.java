package dev.slipway.api.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.ByteString;
import dev.slipway.api.ApiProperties;
import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.workflows.WorkflowIds;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.History;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final DeploymentIndex deployments;
    private final TemporalCalls temporal;
    private final @Nullable URI ui;

    HistoryController(DeploymentIndex deployments, TemporalCalls temporal, ApiProperties properties) {
        this.deployments = deployments;
        this.temporal = temporal;
        this.ui = properties.temporal().uiUrl();
    }

    @Operation(operationId = "getHistory", summary = "The Temporal history of a deployment's latest run")
    @Fails(FailureType.TEMPORAL_UNAVAILABLE)
    @GetMapping("/api/deployments/{id}/history")
    HistoryView history(
            @PathVariable DeploymentId id,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = "[0-9a-f-]{36}\\.[A-Za-z0-9_-]*"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor) {
        String workflow = WorkflowIds.ofDeployment(deployments.findByPrefix(id).id());
        Page.requireLimit(limit);
        try {
            return temporal.within(LIMIT, () -> read(workflow, limit, cursor));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return new HistoryView(workflow, null, null, List.of(), null);
            }
            // Of what is asked, only the cursor comes from outside.
            if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT && cursor != null) {
                throw Cursor.unknown();
            }
            throw e;
        }
    }

    private HistoryView read(String workflow, int limit, @Nullable String cursor) {
        Cursor at = cursor == null ? new Cursor(latestRun(workflow), ByteString.EMPTY) : Cursor.parse(cursor);
        GetWorkflowExecutionHistoryResponse response = temporal.client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(namespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(workflow)
                                .setRunId(at.run()))
                        .setMaximumPageSize(limit)
                        .setNextPageToken(at.token())
                        .build());
        HistoryItems items = new HistoryItems(temporal.client().getOptions().getDataConverter());
        History history = response.getHistory();
        ByteString next = response.getNextPageToken();
        return new HistoryView(
                workflow,
                at.run(),
                link(workflow, at.run()),
                history.getEventsList().stream().map(items::item).toList(),
                next.isEmpty() ? null : new Cursor(at.run(), next).toString());
    }

    // Pages of a history are of one run: a later one must not begin in between.
    private String latestRun(String workflow) {
        return temporal.client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                        .build())
                .getWorkflowExecutionInfo()
                .getExecution()
                .getRunId();
    }

    private String namespace() {
        return temporal.client().getOptions().getNamespace();
    }

    private @Nullable String link(String workflow, String run) {
        return ui == null
                ? null
                : ui.toString().replaceAll("/$", "") + "/namespaces/" + namespace() + "/workflows/"
                        + URLEncoder.encode(workflow, StandardCharsets.UTF_8) + "/" + run + "/history";
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistoryView(
            String workflowId,
            @Nullable String runId,
            @Nullable String temporalUi,
            List<HistoryItems.Item> items,
            @JsonInclude @Nullable String next) {}

    private record Cursor(String run, ByteString token) {
        static Cursor parse(String text) {
            int dot = text.indexOf('.');
            try {
                return new Cursor(
                        text.substring(0, dot),
                        ByteString.copyFrom(Base64.getUrlDecoder().decode(text.substring(dot + 1))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw unknown();
            }
        }

        static InvalidInputException unknown() {
            return new InvalidInputException("cursor", "is invalid; use the value of next from an earlier response");
        }

        @Override
        public String toString() {
            return run + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
        }
    }
}
