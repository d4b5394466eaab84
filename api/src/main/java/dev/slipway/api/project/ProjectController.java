package dev.slipway.api.project;

import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.project.Project;
import dev.slipway.store.project.ProjectStore;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProjectController {
    private final ProjectStore projects;

    ProjectController(ProjectStore projects) {
        this.projects = projects;
    }

    @Operation(operationId = "listProjects", summary = "All projects, by name")
    @GetMapping("/api/projects")
    Page<Project> list() {
        return Page.whole(projects.findAll());
    }

    @Operation(operationId = "getProject", summary = "One project, as it is declared")
    @Fails(FailureType.UNKNOWN_PROJECT)
    @GetMapping("/api/projects/{project}")
    Project get(@PathVariable String project) {
        return projects.get(project);
    }
}
