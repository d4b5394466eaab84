package dev.slipway.activities.gitprovider;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What providers say of a job in its OIDC token: GitHub and Gitea in one shape
 * (https://docs.github.com/actions/reference/security/oidc), GitLab in another
 * (https://docs.gitlab.com/ci/secrets/id_token_authentication/). A generic issuer may write either.
 */
final class JobClaims {
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final String PULL_REQUESTS = "refs/pull/";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9._/-]{1,512}");

    private final GitProvider provider;
    private final JobClaim claimed;
    private final JWTClaimsSet claims;

    JobClaims(GitProvider provider, JobClaim claimed, JWTClaimsSet claims) {
        this.provider = provider;
        this.claimed = claimed;
        this.claims = claims;
    }

    ProvenJob job() {
        return switch (provider.type()) {
            case GITLAB -> ofGitLab();
            case GITHUB, GITEA -> ofGitHub();
            case OIDC -> find("project_path") == null ? ofGitHub() : ofGitLab();
        };
    }

    private ProvenJob ofGitHub() {
        String project = project("repository");
        String event = find("event_name");
        String ref = required("ref");
        if ((event != null && event.startsWith("pull_request")) || ref.startsWith(PULL_REQUESTS)) {
            throw Refusals.forbidden(
                    "The job runs for a pull request, which may come from a fork; deploy from a push to a branch");
        }
        String id = number("run_id");
        return new ProvenJob(
                id, project, branch(ref), find("sha"), find("actor"), page(project, "/actions/runs/" + id));
    }

    private ProvenJob ofGitLab() {
        String project = project("project_path");
        String ref = required("ref");
        String type = required("ref_type");
        if (!type.equals("branch")) {
            throw notABranch(type, ref);
        }
        // A job of a merge request has the name of its source branch, which may be one of a fork, as its ref.
        String path = find("ref_path");
        if ("merge_request_event".equals(find("pipeline_source")) || (path != null && !path.equals(BRANCHES + ref))) {
            throw Refusals.forbidden(
                    "The job runs for a merge request, which may come from a fork; deploy from a branch pipeline");
        }
        String id = number("job_id");
        return new ProvenJob(id, project, ref, find("sha"), find("user_login"), page(project, "/-/jobs/" + id));
    }

    private static String branch(String ref) {
        if (!ref.startsWith(BRANCHES)) {
            throw notABranch(ref.startsWith(TAGS) ? "tag" : "ref", ref);
        }
        return ref.substring(BRANCHES.length());
    }

    private static RuntimeException notABranch(String type, String ref) {
        return Refusals.forbidden("The job runs for the " + Names.shown(type) + " \"" + Names.shown(ref)
                + "\"; environments are selected by branch, so deploy from a branch");
    }

    /** The path below the host, which a provider need not have for itself. */
    private String project(String claim) {
        String name = find(claim);
        if (name == null || !PROJECT.matcher(name).matches()) {
            throw Refusals.unauthenticated(
                    name == null
                            ? "The OIDC token has no \"" + claim + "\"; it does not belong to a CI job"
                            : "The OIDC token names an invalid repository \"" + Names.shown(name) + "\"");
        }
        String project = base() + name;
        ProvenJob.requireRepository(provider, claimed, project);
        return project;
    }

    private String base() {
        String path = provider.url().getPath().replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + "/";
    }

    private String page(String project, String rest) {
        return provider.url().resolve("/") + project + rest;
    }

    private String number(String claim) {
        String text = required(claim);
        if (!NUMBER.matcher(text).matches()) {
            throw Refusals.forbidden("The OIDC token's \"" + claim + "\" is not a number");
        }
        return text;
    }

    private String required(String claim) {
        String text = find(claim);
        if (text == null || text.isEmpty()) {
            throw Refusals.forbidden("The OIDC token has no \"" + claim + "\"; it does not belong to a CI job");
        }
        return text;
    }

    /** Some numbers are written as texts, and some are not. */
    private @Nullable String find(String claim) {
        Object value = claims.getClaim(claim);
        return value instanceof String || value instanceof Long || value instanceof Integer ? value.toString() : null;
    }
}
