package dev.slipway.api.manifest;

import dev.slipway.api.problem.Fails;
import dev.slipway.core.fleet.EnvironmentId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ApplyController {
    private final Manifests manifests;

    ApplyController(Manifests manifests) {
        this.manifests = manifests;
    }

    @Operation(operationId = "apply", summary = "Apply documents, all or none of them")
    @Fails(unprocessable = true)
    @PostMapping(
            path = "/api/apply",
            consumes = {"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON_VALUE})
    Results apply(
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(ref = DocumentsConfiguration.MANIFEST)),
                                @Content(
                                        mediaType = "application/x-yaml",
                                        schema = @Schema(ref = DocumentsConfiguration.MANIFEST)),
                                @Content(
                                        mediaType = "text/yaml",
                                        schema = @Schema(ref = DocumentsConfiguration.MANIFEST)),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(ref = DocumentsConfiguration.MANIFEST + "s"))
                            })
                    byte[] body,
            @Parameter(description = "The project of environments whose documents name no project.")
                    @RequestParam(defaultValue = EnvironmentId.DEFAULT_PROJECT)
                    String project,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type) {
        boolean json = MediaType.APPLICATION_JSON.isCompatibleWith(type);
        List<Document> documents = json ? DocumentParser.json(body) : DocumentParser.yaml(body);
        return new Results(manifests.apply(documents, project));
    }

    @Schema(name = "ApplyResults")
    record Results(List<Manifests.Result> results) {}
}
