package dev.slipway.api.project;

import dev.slipway.api.gitops.References;
import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.core.project.Project;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.project.ProjectStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Documents of kind Project. */
@Component
class ProjectKind implements DocumentKind<Project> {
    private final ProjectStore projects;
    private final References references;

    ProjectKind(ProjectStore projects, References references) {
        this.projects = projects;
        this.references = references;
    }

    @Override
    public Class<Project> type() {
        return Project.class;
    }

    @Override
    public List<Applied> apply(List<Project> declared) {
        declared.forEach(references::requireOwnRepository);
        return declared.stream().map(projects::apply).toList();
    }

    @Override
    public void check(List<Project> declared) {
        declared.forEach(references::check);
    }
}
