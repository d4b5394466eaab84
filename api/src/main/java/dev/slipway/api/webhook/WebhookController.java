package dev.slipway.api.webhook;

import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.FailureType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes what Flux and Git providers send. The signature is the proof of who sends it: there is no other. */
@RestController
class WebhookController {
    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(
            operationId = "deliverWebhook",
            summary = "Deliver a webhook of Flux or a Git provider",
            description = "Signed as the webhook's type requires; no bearer token is needed. The response is the same"
                    + " whichever deployments it concerns.")
    @Fails(FailureType.TEMPORAL_UNAVAILABLE)
    @SecurityRequirements
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(type = "object", description = "The sender's payload")))
    @PostMapping(path = "/api/webhooks/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void deliver(
            @PathVariable String name,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte @Nullable [] body) {
        webhooks.take(name, new Delivery(headers, body == null ? new byte[0] : body));
    }
}
