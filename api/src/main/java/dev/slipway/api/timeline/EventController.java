package dev.slipway.api.timeline;

import dev.slipway.api.ApiProperties;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.store.deployment.DeploymentIndex;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class EventController {
    private static final String SEQUENCE_PATTERN = "[0-9]{1,9}";
    private static final Pattern SEQUENCE = Pattern.compile(SEQUENCE_PATTERN);

    private final DeploymentIndex deployments;
    private final EventStreams streams;
    private final Semaphore room;

    EventController(DeploymentIndex deployments, EventStreams streams, ApiProperties properties) {
        this.deployments = deployments;
        this.streams = streams;
        this.room = new Semaphore(properties.events().subscribers());
    }

    @Operation(
            operationId = "followDeployment",
            summary = "The timeline of a deployment as server-sent events, until it ends")
    @Fails(statuses = HttpStatus.TOO_MANY_REQUESTS)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = EventView.class)))
    @GetMapping("/api/deployments/{id}/events")
    void follow(
            @PathVariable DeploymentId id,
            @Parameter(
                            description = "The id of the last event that was received",
                            schema = @Schema(pattern = SEQUENCE_PATTERN))
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String last,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException, InterruptedException {
        int after = last == null ? 0 : sequence(last);
        DeploymentId deployment = deployments.findByPrefix(id).id();
        if (!room.tryAcquire()) {
            throw new ResponseStatusException(
                    HttpStatus.TOO_MANY_REQUESTS, "Too many event streams are open; retry shortly");
        }
        try {
            // The thread of the request is virtual: it may wait here as long as the deployment takes.
            streams.follow(deployment, after, response);
        } finally {
            room.release();
        }
    }

    private static int sequence(String text) {
        if (!SEQUENCE.matcher(text).matches()) {
            throw new InvalidInputException(
                    "Last-Event-ID", "invalid event id \"" + Names.shown(text) + "\": expected a number");
        }
        return Integer.parseInt(text);
    }
}
