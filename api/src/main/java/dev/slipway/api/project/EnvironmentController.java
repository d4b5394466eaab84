package dev.slipway.api.project;

import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.Environment;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.project.ProjectStore;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Environments as they are declared. The short routes are those of the project {@code default}. */
@RestController
class EnvironmentController {
    private final EnvironmentStore environments;
    private final ProjectStore projects;

    EnvironmentController(EnvironmentStore environments, ProjectStore projects) {
        this.environments = environments;
        this.projects = projects;
    }

    @Operation(operationId = "listEnvironments", summary = "The environments of the default project, by name")
    @GetMapping("/api/environments")
    Page<Environment> list() {
        return Page.whole(environments.ofProject(EnvironmentId.DEFAULT_PROJECT));
    }

    @Operation(operationId = "getEnvironment", summary = "One environment of the default project, as it is declared")
    @Fails(FailureType.UNKNOWN_ENVIRONMENT)
    @GetMapping("/api/environments/{name}")
    Environment get(@PathVariable String name) {
        return find(EnvironmentId.DEFAULT_PROJECT, name);
    }

    @Operation(operationId = "listProjectEnvironments", summary = "The environments of a project, by name")
    @Fails(FailureType.UNKNOWN_PROJECT)
    @GetMapping("/api/projects/{project}/environments")
    Page<Environment> listOf(@PathVariable String project) {
        return Page.whole(environments.ofProject(projects.get(project).name()));
    }

    @Operation(operationId = "getProjectEnvironment", summary = "One environment of a project, as it is declared")
    @Fails({FailureType.UNKNOWN_PROJECT, FailureType.UNKNOWN_ENVIRONMENT})
    @GetMapping("/api/projects/{project}/environments/{name}")
    Environment getOf(@PathVariable String project, @PathVariable String name) {
        return find(projects.get(project).name(), name);
    }

    private Environment find(String project, String name) {
        return environments
                .find(EnvironmentId.plain(project + "/" + name))
                .filter(environment -> environment.name().equals(name))
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_ENVIRONMENT,
                        "There is no environment \"" + Names.shown(name) + "\""
                                + (project.equals(EnvironmentId.DEFAULT_PROJECT)
                                        ? ""
                                        : " in project \"" + project + "\"")
                                + DidYouMean.sentence(
                                        name,
                                        environments.ofProject(project).stream()
                                                .map(Environment::name)
                                                .toList())));
    }

    @Operation(
            operationId = "listTargets",
            summary = "The targets of one environment, PROJECT/NAME or a name of the default project, or of all")
    @GetMapping("/api/targets")
    Page<TargetSummary> targets(@RequestParam(required = false) @Nullable String environment) {
        return Page.whole(environments.targets(environment == null ? null : EnvironmentId.plain(environment)).stream()
                .map(TargetSummary::of)
                .toList());
    }
}
