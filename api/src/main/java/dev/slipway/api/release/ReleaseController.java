package dev.slipway.api.release;

import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.release.ReleaseRequests.ReleaseRequest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.project.ProjectStore;
import dev.slipway.store.release.ReleaseStore;
import dev.slipway.store.release.StoredRelease;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases. The short routes are those of the project {@code default}. */
@RestController
class ReleaseController {
    private final ReleaseRequests requests;
    private final ReleaseStore releases;
    private final ProjectStore projects;

    ReleaseController(ReleaseRequests requests, ReleaseStore releases, ProjectStore projects) {
        this.requests = requests;
        this.releases = releases;
        this.projects = projects;
    }

    @Operation(
            operationId = "createRelease",
            summary = "Create a release of the default project; repeating the request changes nothing")
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
        return created(EnvironmentId.DEFAULT_PROJECT, request);
    }

    @Operation(
            operationId = "createProjectRelease",
            summary = "Create a release of a project; repeating the request changes nothing")
    @Fails(
            value = {
                FailureType.UNKNOWN_PROJECT,
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
    @PostMapping("/api/projects/{project}/releases")
    ResponseEntity<ReleaseView> createIn(@PathVariable String project, @RequestBody ReleaseRequest request) {
        return created(projects.get(project).name(), request);
    }

    private ResponseEntity<ReleaseView> created(String project, ReleaseRequest request) {
        ReleaseStore.Made made = requests.create(project, request);
        return ResponseEntity.status(made.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(ReleaseView.of(made.release()));
    }

    @Operation(operationId = "listReleases", summary = "Releases of the default project, the newest first")
    @GetMapping("/api/releases")
    Page<ReleaseView> list(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        return page(EnvironmentId.DEFAULT_PROJECT, null, limit, cursor);
    }

    @Operation(operationId = "listProjectReleases", summary = "Releases of a project, the newest first")
    @Fails(FailureType.UNKNOWN_PROJECT)
    @GetMapping("/api/projects/{project}/releases")
    Page<ReleaseView> listIn(
            @PathVariable String project,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        return page(projects.get(project).name(), null, limit, cursor);
    }

    @Operation(
            operationId = "listVersions",
            summary = "The versions of a release of the default project, the newest first")
    @Fails(FailureType.UNKNOWN_RELEASE)
    @GetMapping("/api/releases/{name}")
    Page<ReleaseView> versions(
            @PathVariable String name,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        return page(EnvironmentId.DEFAULT_PROJECT, name, limit, cursor);
    }

    @Operation(
            operationId = "listProjectVersions",
            summary = "The versions of a release of a project, the newest first")
    @Fails({FailureType.UNKNOWN_PROJECT, FailureType.UNKNOWN_RELEASE})
    @GetMapping("/api/projects/{project}/releases/{name}")
    Page<ReleaseView> versionsIn(
            @PathVariable String project,
            @PathVariable String name,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @Parameter(schema = @Schema(pattern = ReleaseReference.PATTERN)) @RequestParam(required = false) @Nullable
                    String cursor) {
        return page(projects.get(project).name(), name, limit, cursor);
    }

    @Operation(operationId = "getRelease", summary = "One release of the default project")
    @Fails(FailureType.UNKNOWN_RELEASE)
    @GetMapping("/api/releases/{name}/{version}")
    ReleaseView get(@PathVariable String name, @PathVariable String version) {
        return view(new ReleaseReference(EnvironmentId.DEFAULT_PROJECT, name, version));
    }

    @Operation(operationId = "getProjectRelease", summary = "One release of a project")
    @Fails({FailureType.UNKNOWN_PROJECT, FailureType.UNKNOWN_RELEASE})
    @GetMapping("/api/projects/{project}/releases/{name}/{version}")
    ReleaseView getIn(@PathVariable String project, @PathVariable String name, @PathVariable String version) {
        return view(new ReleaseReference(projects.get(project).name(), name, version));
    }

    private ReleaseView view(ReleaseReference reference) {
        return releases.find(reference)
                .map(ReleaseView::of)
                .orElseThrow(() -> UnknownReferences.release(reference, releases));
    }

    /** The cursor is the last release of the page before: what is made meanwhile does not shift the pages. */
    private Page<ReleaseView> page(String project, @Nullable String name, int limit, @Nullable String cursor) {
        List<StoredRelease> found = releases.list(project, name, reference(cursor), Page.requireLimit(limit) + 1);
        if (name != null
                && found.isEmpty()
                && releases.list(project, name, null, 1).isEmpty()) {
            throw UnknownReferences.release(project, name, releases);
        }
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
}
