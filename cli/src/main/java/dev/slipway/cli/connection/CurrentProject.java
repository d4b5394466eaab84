package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.ProjectFile;
import dev.slipway.core.project.StackSearch;

/** The project in which names of environments and releases are looked up: --project, SLIPWAY_PROJECT, slipway.yaml, or default. */
public record CurrentProject(String name) {
    public static CurrentProject of(Invocation invocation) {
        var surroundings = invocation.surroundings();
        String option = invocation.options().project();
        String name = option != null
                ? option
                : surroundings
                        .variable("SLIPWAY_PROJECT")
                        .orElseGet(() -> new StackSearch(
                                        surroundings.environment(),
                                        surroundings.directory(),
                                        surroundings.home(),
                                        ProjectYaml::read)
                                .project()
                                .map(ProjectFile::project)
                                .orElse(EnvironmentId.DEFAULT_PROJECT));
        try {
            return new CurrentProject(Names.requireName("project", name));
        } catch (InvalidInputException e) {
            throw CommandException.usage(e.getMessage() == null ? "" : e.getMessage(), null);
        }
    }

    public boolean isDefault() {
        return name.equals(EnvironmentId.DEFAULT_PROJECT);
    }

    /** An environment or a release as every project may call it: {@code PROJECT/NAME}; {@code called} may be that already. */
    public String qualified(String called) {
        return called.contains("/") || isDefault() ? EnvironmentId.plain(called) : name + "/" + called;
    }

    /** The route of what a project owns: {@code kind} is the plural, such as {@code environments}. */
    public static String route(String project, String kind) {
        return project.equals(EnvironmentId.DEFAULT_PROJECT)
                ? "/api/" + kind
                : "/api/projects/" + ApiClient.segment(project) + "/" + kind;
    }
}
