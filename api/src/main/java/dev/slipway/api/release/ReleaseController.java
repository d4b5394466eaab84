package dev.slipway.api.release;

import dev.slipway.api.Input;
import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.artifact.ImageResolver;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.Component;
import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import dev.slipway.store.release.ReleaseStore;
import dev.slipway.store.release.StoredRelease;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReleaseController {
    private static final int MOST_COMPONENTS = 100;

    private final ReleaseStore releases;
    private final ArtifactStore artifacts;
    private final ImageResolver images;

    ReleaseController(ReleaseStore releases, ArtifactStore artifacts, ImageResolver images) {
        this.releases = releases;
        this.artifacts = artifacts;
        this.images = images;
    }

    @Operation(operationId = "createRelease", summary = "Create a release; repeating the request changes nothing")
    @Fails(
            value = {
                FailureType.RELEASE_EXISTS,
                FailureType.UNKNOWN_ARTIFACT,
                FailureType.IMAGE_NOT_FOUND,
                FailureType.REGISTRY_REFUSED,
                FailureType.REGISTRY_UNAVAILABLE
            },
            unprocessable = true)
    @ApiResponse(responseCode = "200", description = "The release exists with the same content")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ReleaseView.class)))
    @PostMapping("/api/releases")
    ResponseEntity<ReleaseView> create(@RequestBody ReleaseRequest request) {
        List<ComponentRequest> asked = Input.required("components", request.components());
        if (asked.size() > MOST_COMPONENTS) {
            throw new InvalidInputException("components", "must be at most " + MOST_COMPONENTS);
        }
        String name = Input.required("name", request.name());
        String version = Input.required("version", request.version());
        value("name", () -> Names.requireName("name", name));
        ReleaseReference reference = value("version", () -> new ReleaseReference(name, version));
        List<Component> components = new ArrayList<>();
        for (ComponentRequest component : asked) {
            components.add(component("components[" + components.size() + "]", component));
        }
        ReleaseStore.Made made = releases.create(value("components", () -> new Release(reference, components)));
        return ResponseEntity.status(made.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(ReleaseView.of(made.release()));
    }

    private Component component(String field, @Nullable ComponentRequest asked) {
        ComponentRequest component = Input.required(field, asked);
        String given = Input.required(field + ".name", component.name());
        String name = value(field + ".name", () -> Names.requireName(field + ".name", given));
        String archive = component.archive();
        String image = component.image();
        if (archive != null && image == null) {
            return new Component(name, archive(field + ".archive", archive));
        }
        if (image != null && archive == null) {
            return new Component(name, value(field + ".image", () -> images.resolve(image)));
        }
        throw new UnprocessableException(field, field + ": needs either an archive or an image");
    }

    private Artifact archive(String field, String text) {
        Digest digest = value(field, () -> new Digest(text));
        StoredArtifact stored = artifacts
                .find(digest)
                .filter(StoredArtifact::complete)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_ARTIFACT, "Archive " + digest + " has not been uploaded; upload it first"));
        return new Artifact.Archive(digest, stored.size());
    }

    /** A value of a request whose form is right, by the rule of the domain; {@code field} is its whole path. */
    private static <T> T value(String field, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (InvalidInputException e) {
            throw new UnprocessableException(field, field + ": " + e.problem());
        }
    }

    @Operation(operationId = "listReleases", summary = "Releases, the newest first")
    @GetMapping("/api/releases")
    Page<ReleaseView> list(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        return page(releases.list(null, reference(cursor), Page.requireLimit(limit) + 1), limit);
    }

    @Operation(operationId = "listVersions", summary = "The versions of a release, the newest first")
    @Fails(FailureType.UNKNOWN_RELEASE)
    @GetMapping("/api/releases/{name}")
    Page<ReleaseView> versions(
            @PathVariable String name,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        Names.requireName("name", name);
        List<StoredRelease> found = releases.list(name, reference(cursor), Page.requireLimit(limit) + 1);
        if (found.isEmpty() && cursor == null) {
            throw UnknownReferences.release(name, releases);
        }
        return page(found, limit);
    }

    @Operation(operationId = "getRelease", summary = "One release")
    @Fails(FailureType.UNKNOWN_RELEASE)
    @GetMapping("/api/releases/{name}/{version}")
    ReleaseView get(@PathVariable String name, @PathVariable String version) {
        ReleaseReference reference = new ReleaseReference(name, version);
        return releases.find(reference)
                .map(ReleaseView::of)
                .orElseThrow(() -> UnknownReferences.release(reference.toString(), releases));
    }

    /** The cursor is the last release of the page before: what is made meanwhile does not shift the pages. */
    private static Page<ReleaseView> page(List<StoredRelease> found, int limit) {
        return Page.of(found, limit, last -> last.release().reference().toString())
                .map(ReleaseView::of);
    }

    private static @Nullable ReleaseReference reference(@Nullable String cursor) {
        try {
            return cursor == null ? null : ReleaseReference.parse(cursor);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("cursor", e.problem());
        }
    }

    record ReleaseRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = Names.PATTERN) @Nullable
            String name,

            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = ReleaseReference.VERSION_PATTERN) @Nullable
            String version,

            @ArraySchema(
                    arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED),
                    minItems = 1,
                    maxItems = MOST_COMPONENTS)
            @Nullable
            List<ComponentRequest> components) {}

    /** {@code archive}: the digest of an uploaded archive. {@code image}: a reference, whose tag is pinned now. */
    record ComponentRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, pattern = Names.PATTERN) @Nullable
            String name,

            @Schema(pattern = Digest.PATTERN) @Nullable String archive,

            @Nullable String image) {}
}
