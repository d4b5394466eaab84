package dev.slipway.cli.gitops;

import dev.slipway.cli.command.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * What a CI job finds about itself in its environment.
 *
 * @param repository URL of the app's repository
 * @param id as the provider counts its jobs or runs
 * @param attempt tells the runs of one job apart, where a rerun keeps the id
 * @param tag that it runs for
 * @param commit that it runs for
 */
record CiJob(
        CiSystem system,
        @Nullable String repository,
        @Nullable String id,
        String attempt,
        @Nullable String tag,
        @Nullable String commit) {
    static CiJob of(Surroundings surroundings) {
        CiSystem system = CiSystem.of(surroundings);
        return switch (system) {
            case GITLAB ->
                new CiJob(
                        system,
                        variable(surroundings, "CI_PROJECT_URL"),
                        variable(surroundings, "CI_JOB_ID"),
                        "",
                        variable(surroundings, "CI_COMMIT_TAG"),
                        variable(surroundings, "CI_COMMIT_SHA"));
            case GITHUB, GITEA ->
                new CiJob(
                        system,
                        repository(surroundings),
                        variable(surroundings, "GITHUB_RUN_ID"),
                        surroundings.variable("GITHUB_RUN_ATTEMPT").orElse(""),
                        tag(surroundings),
                        variable(surroundings, "GITHUB_SHA"));
            case NONE -> new CiJob(system, null, null, "", null, null);
        };
    }

    private static @Nullable String repository(Surroundings surroundings) {
        String server = variable(surroundings, "GITHUB_SERVER_URL");
        String repository = variable(surroundings, "GITHUB_REPOSITORY");
        return server == null || repository == null ? null : server.replaceFirst("/$", "") + "/" + repository;
    }

    private static @Nullable String tag(Surroundings surroundings) {
        boolean isTag =
                surroundings.variable("GITHUB_REF_TYPE").filter("tag"::equals).isPresent();
        return isTag ? variable(surroundings, "GITHUB_REF_NAME") : null;
    }

    private static @Nullable String variable(Surroundings surroundings, String name) {
        return surroundings.variable(name).map(String::strip).orElse(null);
    }
}
