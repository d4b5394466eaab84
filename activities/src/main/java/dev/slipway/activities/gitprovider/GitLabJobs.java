package dev.slipway.activities.gitprovider;

import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.VerifiedJob;
import dev.slipway.core.input.Names;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks GitLab which job a job token belongs to (https://docs.gitlab.com/api/jobs/, "Get a job by CI/CD job token"). The
 * answer names its project only by the address of the job's page, which GitLab makes of the project's path; "-" is no name
 * of a project or group there, so that the path ends where it stands.
 */
final class GitLabJobs {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PAGE = Pattern.compile("https?://[^/\\s]+/([^\\s?#]+?)/-/jobs/(\\d{1,19})");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.~+/=-]{1,16384}");
    private static final String MERGE_REQUESTS = "refs/merge-requests/";

    private final ProviderHttp http;

    GitLabJobs(ProviderHttp http) {
        this.http = http;
    }

    VerifiedJob verify(GitProvider provider, JobClaim claim) {
        if (!TOKEN.matcher(claim.token()).matches()) {
            throw Refusals.unauthenticated("Malformed job token; send the job's CI_JOB_TOKEN");
        }
        String who = "GitLab \"" + provider.name() + "\"";
        URI uri = URI.create(provider.url().toString().replaceFirst("/+$", "") + "/api/v4/job");
        ProviderHttp.Answer answer = http.get(who, uri, Map.of("JOB-TOKEN", claim.token()));
        return switch (answer.status()) {
            case 200 -> job(provider, claim, who, answer.body()).require(provider, claim, null);
            case 401, 403, 404 ->
                throw Refusals.unauthenticated(who + " rejected the job token (status " + answer.status()
                        + "): it is invalid, or its job has ended");
            default -> throw ProviderHttp.unavailable(who, "status " + answer.status(), null);
        };
    }

    private static ProvenJob job(GitProvider provider, JobClaim claim, String who, String body) {
        JsonNode job = read(who, body);
        String id = job.path("id").asString("");
        String ref = job.path("ref").asString("");
        String url = job.path("web_url").asString("");
        Matcher page = PAGE.matcher(url);
        if (!page.matches() || !page.group(2).equals(id) || ref.isEmpty()) {
            throw ProviderHttp.unavailable(who, "the response is not a GitLab job", null);
        }
        ProvenJob.requireRepository(provider, claim, page.group(1));
        requireBranchJob(id, ref, job.path("tag"));
        String status = job.path("status").asString("");
        if (!status.equals("running")) {
            throw Refusals.forbidden("Job " + id + " is not running: its status is " + Names.shown(status));
        }
        return new ProvenJob(
                id,
                page.group(1),
                ref,
                text(job.path("commit").path("id")),
                text(job.path("user").path("username")),
                url);
    }

    private static void requireBranchJob(String id, String ref, JsonNode tag) {
        if (!tag.isBoolean() || tag.asBoolean()) {
            throw Refusals.forbidden("Job " + id + " runs for the tag \"" + Names.shown(ref)
                    + "\"; environments are selected by branch, so deploy from a branch");
        }
        if (ref.startsWith(MERGE_REQUESTS)) {
            throw Refusals.forbidden("Job " + id + " runs for the merge request " + Names.shown(ref)
                    + ", which may come from a fork; deploy from a branch pipeline");
        }
    }

    private static JsonNode read(String who, String body) {
        try {
            JsonNode job = JSON.readTree(body);
            if (job != null && job.isObject()) {
                return job;
            }
            throw ProviderHttp.unavailable(who, "the response is not a GitLab job", null);
        } catch (JacksonException e) {
            throw ProviderHttp.unavailable(who, "the response is not JSON", e);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }
}
