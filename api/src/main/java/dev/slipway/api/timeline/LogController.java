package dev.slipway.api.timeline;

import dev.slipway.api.Input;
import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.Storable;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.store.timeline.LogLine;
import dev.slipway.store.timeline.StoredLine;
import dev.slipway.store.timeline.TaskLogStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LogController {
    // One start of the agent; the names of streams are none.
    private static final String SOURCE_PATTERN = "(?!(slipway|stdout|stderr)$)[A-Za-z0-9-]{1,64}";
    private static final Pattern SOURCE = Pattern.compile(SOURCE_PATTERN);
    private static final List<String> STREAMS = List.of("slipway", "stdout", "stderr");
    private static final int MOST_LINES = 1_000;
    private static final int LONGEST_LINE = 16_384;

    private final DeploymentIndex deployments;
    private final TaskLogStore logs;

    LogController(DeploymentIndex deployments, TaskLogStore logs) {
        this.deployments = deployments;
        this.logs = logs;
    }

    /** The sequence of a line is a cursor too: whoever has read to the end goes on from the last line. */
    @Operation(operationId = "getLogs", summary = "The output of a deployment's tasks")
    @GetMapping("/api/deployments/{id}/logs")
    Page<StoredLine> read(
            @PathVariable DeploymentId id,
            @RequestParam(required = false) @Nullable String target,
            @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "0", defaultValue = "0"))
                    @RequestParam(defaultValue = "0")
                    long cursor,
            @RequestParam(defaultValue = "1000") int limit) {
        DeploymentId deployment = deployments.findByPrefix(id).id();
        if (cursor < 0) {
            throw new InvalidInputException("cursor", cursor + " must be 0 or more");
        }
        List<StoredLine> lines = logs.read(deployment, target, cursor, Page.requireLimit(limit) + 1);
        return Page.of(lines, limit, last -> String.valueOf(last.sequence()));
    }

    @Operation(
            operationId = "appendLogs",
            summary = "Append output of a task; lines that are already stored are ignored")
    @Fails(FailureType.UNKNOWN_TARGET)
    @PostMapping("/api/deployments/{id}/tasks/{target}/logs")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void append(@PathVariable DeploymentId id, @PathVariable String target, @RequestBody Lines request) {
        Names.requireName("target", target);
        String source = Input.required("source", request.source());
        if (!SOURCE.matcher(source).matches()) {
            throw new InvalidInputException("source", "must be the id of a run of the agent");
        }
        List<Line> lines = Input.required("lines", request.lines());
        if (lines.size() > MOST_LINES) {
            throw new InvalidInputException("lines", "must be at most " + MOST_LINES + "; send them in batches");
        }
        if (!lines.isEmpty()) {
            logs.append(
                    id, target, source, lines.stream().map(LogController::line).toList());
        }
    }

    private static LogLine line(@Nullable Line sent) {
        Line line = Input.required("lines", sent);
        String stream = Input.required("lines.stream", line.stream());
        if (!STREAMS.contains(stream)) {
            throw new InvalidInputException(
                    "lines.stream",
                    "invalid stream \"" + Names.shown(stream) + "\": expected one of " + String.join(", ", STREAMS));
        }
        String text = Input.required("lines.text", line.text());
        return new LogLine(
                Input.required("lines.sequence", line.sequence()),
                Input.required("lines.at", line.at()),
                stream,
                text.length() <= LONGEST_LINE ? text : Storable.text(text.substring(0, LONGEST_LINE)) + "…");
    }

    @Schema(name = "LogLinesRequest")
    record Lines(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = SOURCE_PATTERN) @Nullable
            String source,

            @ArraySchema(arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED), maxItems = MOST_LINES) @Nullable
            List<Line> lines) {}

    @Schema(name = "LogLineRequest")
    record Line(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            Long sequence,

            @Schema(requiredMode = RequiredMode.REQUIRED, description = "In UTC", pattern = ".*Z") @Nullable
            Instant at,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"slipway", "stdout", "stderr"})
            @Nullable
            String stream,

            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            String text) {}
}
