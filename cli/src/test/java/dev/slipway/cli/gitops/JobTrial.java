package dev.slipway.cli.gitops;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.ApiDouble.Received;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.DeploymentDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CI job with a chart in its folder, and a Slipway that takes it. */
final class JobTrial implements AutoCloseable {
    static final String POST = "POST /api/deploy";
    static final String EVENTS = "GET /api/deployments/01abcdef/events";
    static final String JOB_TOKEN = "proof-of-the-job";
    static final String PERMIT = "permit-for-an-id-token";
    static final String FOLLOW_TOKEN = "follow-only-this-one";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String ACCEPTED =
            "{\"id\":\"01abcdef\",\"kind\":\"gitops\",\"status\":\"pending\",\"project\":\"shop\","
                    + "\"environment\":\"production\",\"version\":\"1.4.2\",\"links\":{},\"followToken\":\""
                    + FOLLOW_TOKEN
                    + "\"}";

    final ApiDouble api = new ApiDouble().accept(FOLLOW_TOKEN).accept(PERMIT);
    final DeploymentDouble deployment = api.add(DeploymentDouble.ofChart("01abcdef"));

    private final Path directory;

    JobTrial(Path directory) throws IOException {
        this.directory = directory;
        Path chart = Files.createDirectories(directory.resolve("chart"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.4.2\n");
        // The double knows no other token: whatever is opened, is opened by the one that came with the deployment.
        api.forget(ApiDouble.TOKEN);
    }

    JobTrial accepted() {
        api.answer(POST, Answer.of(202, ACCEPTED));
        return this;
    }

    CommandRun gitLab() {
        return new CommandRun(directory)
                .set("SLIPWAY_URL", api.url())
                .set("CI", "true")
                .set("GITLAB_CI", "true")
                .set("CI_PROJECT_URL", "https://gitlab.example.com/shop/web")
                .set("CI_JOB_ID", "4711")
                .set("CI_JOB_TOKEN", JOB_TOKEN)
                .set("CI_COMMIT_SHA", COMMIT);
    }

    /** With a service beside it that gives OIDC tokens to those who have the permit. */
    CommandRun gitHub() {
        api.answer("GET /oidc?api-version=2&audience=slipway", Answer.of(200, "{\"value\":\"" + JOB_TOKEN + "\"}"));
        return gitHubWithoutPermission()
                .set("ACTIONS_ID_TOKEN_REQUEST_URL", api.url() + "/oidc?api-version=2")
                .set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", PERMIT);
    }

    CommandRun gitHubWithoutPermission() {
        return new CommandRun(directory)
                .set("SLIPWAY_URL", api.url())
                .set("CI", "true")
                .set("GITHUB_ACTIONS", "true")
                .set("GITHUB_SERVER_URL", "https://github.com")
                .set("GITHUB_REPOSITORY", "shop/web")
                .set("GITHUB_RUN_ID", "815")
                .set("GITHUB_RUN_ATTEMPT", "1")
                .set("GITHUB_SHA", COMMIT)
                .set("GITHUB_STEP_SUMMARY", directory.resolve("summary").toString())
                .set("GITHUB_OUTPUT", directory.resolve("output").toString());
    }

    Received sent() {
        return api.received(POST).getFirst();
    }

    /** A field of the form that was sent; null where it is not in it. */
    static @Nullable String field(Received request, String name) {
        Matcher matcher = Pattern.compile("form-data; name=\"" + name + "\"\r\n[^\r]*\r\n\r\n([^\r]*)\r\n--")
                .matcher(request.body());
        return matcher.find() ? matcher.group(1) : null;
    }

    @Nullable
    String sentField(String name) {
        return field(sent(), name);
    }

    @Override
    public void close() {
        api.close();
    }
}
