package dev.slipway.api.secret;

import dev.slipway.api.Input;
import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.secret.SecretStore;
import dev.slipway.store.secret.StoredSecret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Secrets are write-only: no answer, log line or message has a value in it. */
@RestController
class SecretController {
    private final SecretStore secrets;

    SecretController(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Operation(operationId = "listSecrets", summary = "Names and timestamps of all secrets")
    @GetMapping("/api/secrets")
    Page<SecretView> list() {
        return Page.whole(secrets.findAll().stream().map(SecretView::of).toList());
    }

    @Operation(operationId = "putSecret", summary = "Store or replace a secret")
    @ApiResponse(responseCode = "200", description = "An existing secret was replaced")
    @ApiResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = SecretView.class)))
    @PutMapping(path = "/api/secrets/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SecretView> put(@PathVariable String name, @RequestBody SecretRequest request) {
        return put(name, SecretValue.of(Input.required("value", request.value())));
    }

    @Operation(operationId = "putSecret", summary = "Store or replace a secret")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema =
                                    @Schema(
                                            type = "string",
                                            minLength = 1,
                                            pattern = "^[^\\u0000]+$",
                                            accessMode = Schema.AccessMode.WRITE_ONLY)))
    @PutMapping(path = "/api/secrets/{name}", consumes = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<SecretView> put(@PathVariable String name, @RequestBody byte[] body) {
        return put(name, SecretValue.of(body));
    }

    private ResponseEntity<SecretView> put(String name, SecretValue value) {
        SecretStore.Put put = secrets.put(Names.requireName("name", name), value.text());
        return ResponseEntity.status(put.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(SecretView.of(put.secret()));
    }

    @Operation(operationId = "deleteSecret", summary = "Delete a secret")
    @Fails(FailureType.UNKNOWN_SECRET)
    @DeleteMapping("/api/secrets/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        if (!secrets.delete(Names.requireName("name", name))) {
            throw new SlipwayException(
                    FailureType.UNKNOWN_SECRET,
                    "There is no secret \"" + name + "\""
                            + DidYouMean.sentence(
                                    name,
                                    secrets.findAll().stream()
                                            .map(StoredSecret::name)
                                            .toList()));
        }
    }

    record SecretRequest(
            @Schema(
                    accessMode = Schema.AccessMode.WRITE_ONLY,
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = 1)
            @Nullable
            String value) {
        @Override
        public String toString() {
            return "SecretRequest[***]";
        }
    }

    record SecretView(String name, Instant createdAt, Instant changedAt) {
        static SecretView of(StoredSecret secret) {
            return new SecretView(secret.name(), secret.createdAt(), secret.changedAt());
        }
    }
}
