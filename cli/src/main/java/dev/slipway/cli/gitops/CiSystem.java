package dev.slipway.cli.gitops;

import dev.slipway.cli.command.Surroundings;

/** What runs the job that this program runs in. */
enum CiSystem {
    GITLAB("GitLab CI"),
    GITHUB("GitHub Actions"),
    /** Gitea and Forgejo, which give their jobs the variables of GitHub. */
    GITEA("Gitea Actions"),
    /** None that is known. */
    NONE("no CI job");

    private final String title;

    CiSystem(String title) {
        this.title = title;
    }

    static CiSystem of(Surroundings surroundings) {
        if (isTrue(surroundings, "GITLAB_CI")) {
            return GITLAB;
        }
        if (isTrue(surroundings, "GITEA_ACTIONS") || isTrue(surroundings, "FORGEJO_ACTIONS")) {
            return GITEA;
        }
        return isTrue(surroundings, "GITHUB_ACTIONS") ? GITHUB : NONE;
    }

    private static boolean isTrue(Surroundings surroundings, String variable) {
        return surroundings.variable(variable).filter("true"::equalsIgnoreCase).isPresent();
    }

    String title() {
        return title;
    }

    /** Whether its log and its variables are those of GitHub Actions. */
    boolean isActions() {
        return this == GITHUB || this == GITEA;
    }
}
