package dev.slipway.acceptance.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Cli;
import dev.slipway.acceptance.stack.Command.Result;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What the commands say, and which exit code a script gets. */
class CommandLineIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int TIMED_OUT = 3;
    private static final int NOT_AUTHORISED = 4;
    private static final int DEPLOYMENT_FAILED = 5;
    private static final int ROLLED_BACK = 6;
    private static final int CANCELED = 8;

    @RegisterExtension
    static final Stack stack = Stack.named("release");

    private final Cli cli = stack.cli();

    @Test
    void appliesAllOrNothingAndSaysWhatChanged() {
        SampleEnvironment web = SampleEnvironment.of(stack, "applied", 1);

        assertThat(apply(web.manifest())).isEqualTo("created");
        assertThat(apply(web.manifest())).isEqualTo("unchanged");
        assertThat(apply(web.manifest().replace("hello", "goodbye"))).isEqualTo("changed");

        String bad = web.manifest() + "---\n"
                + web.manifest().replace("name: applied", "name: other").replace("retries: 12", "retries: many");
        Result refused = cli.runWithInput(bad, "apply", "-f", "-").expect(FAILED);
        assertThat(refused.errors())
                .contains("document 2", "targets[0].health.retries")
                .doesNotContain("\tat ");
        assertThat(apply(web.manifest().replace("hello", "goodbye"))).isEqualTo("unchanged");
        assertThat(cli.run("get", "environments", "other").expect(FAILED).errors())
                .contains("other");
    }

    private String apply(String manifest) {
        return cli.runWithInput(manifest, "apply", "-f", "-", "--json")
                .expect(0)
                .json()
                .path("results")
                .path(0)
                .path("change")
                .asString();
    }

    @Test
    void makesAReleaseOnceAndNeverAnother() throws IOException {
        String first = component("release-1", SampleService.good("v1"));
        String second = component("release-2", SampleService.good("v2"));

        JsonNode made = cli.run("release", "create", "once", "v1", "--component", first, "--json")
                .expect(0)
                .json();
        JsonNode again = cli.run("release", "create", "once", "v1", "--component", first, "--json")
                .expect(0)
                .json();
        Result other = cli.run("release", "create", "once", "v1", "--component", second)
                .expect(FAILED);

        assertThat(again).isEqualTo(made);
        assertThat(made.path("components").path(0).path("digest").asString())
                .isEqualTo(SampleService.good("v1").digest().value());
        assertThat(other.errors()).contains("once@v1");
        assertThat(cli.run("get", "releases", "once", "--json").expect(0).output())
                .contains("\"v1\"")
                .doesNotContain("\"v2\"");
        cli.run("release", "create", "once", "../v1", "--component", first).expect(USAGE);
        cli.run("release", "create", "once", "v2", "--component", "web=./nowhere.tar.gz")
                .expect(FAILED);
    }

    @Test
    void followsADeploymentToItsEndAndExitsByIt() throws IOException {
        SampleEnvironment web = SampleEnvironment.of(stack, "followed", 2);
        apply(web.manifest());
        release("followed", "v1", SampleService.good("v1"));
        release("followed", "v2", SampleService.good("v2"));
        release("followed", "v3", SampleService.broken("v3"));

        JsonNode first = cli.run("deploy", "followed@v1", "--to", "followed", "--json")
                .expect(0)
                .json();
        assertThat(first.path("kind").asString()).isEqualTo("release");
        assertThat(first.path("status").asString()).isEqualTo("completed");
        assertThat(first.path("tasks").path(0).has("previousDigest")).isTrue();

        Result second = cli.run("deploy", "followed@v2", "--to", "followed", "--batch", "50%")
                .expect(0);
        assertThat(second.output() + second.errors()).contains("succeeded: followed@v2 runs on 2 targets of followed");
        Result noop = cli.run("deploy", "followed@v2", "--to", "followed").expect(0);
        assertThat(noop.output() + noop.errors()).contains("nothing to do");
        assertThat(web.answers()).containsExactly("v2", "v2");

        Result third =
                cli.run("deploy", "followed@v3", "--to", "followed", "--json").expect(ROLLED_BACK);
        String id = third.json().path("id").asString();
        assertThat(third.json().path("status").asString()).isEqualTo("rolled_back");
        assertThat(cli.run("watch", id).expect(ROLLED_BACK).errors()).contains("was rolled back");
        assertThat(cli.run("logs", id).expect(0).output()).contains("web-1", "Not healthy");
        assertThat(cli.run("history", id).expect(0).output()).contains("deploy", "verify");

        String last = cli.run("get", "deployments", "--json")
                .expect(0)
                .json()
                .path("items")
                .path(1)
                .path("id")
                .asString();
        cli.run("rollback", last).expect(0);
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void tellsHeldTimedOutAndCanceledDeploymentsApart() throws IOException {
        SampleEnvironment web = SampleEnvironment.of(stack, "apart", 1);
        apply(web.manifest());
        release("apart", "v1", SampleService.stubborn("v1", 8));
        release("apart", "v2", SampleService.good("v2"));
        release("apart", "v3", SampleService.crashing("v3"));
        cli.run("deploy", "apart@v1", "--to", "apart").expect(0);

        Result late = cli.run("deploy", "apart@v2", "--to", "apart", "--timeout", "1s", "--json")
                .expect(TIMED_OUT);
        String id = late.json().path("id").asString();
        cli.run("cancel", id, "--reason", "not today").expect(0);
        Result canceled = cli.run("watch", id, "--json").expect(CANCELED);
        assertThat(canceled.json().path("reason").asString()).isEqualTo("Canceled by operator: not today");

        Result held = cli.run("deploy", "apart@v3", "--to", "apart", "--on-failure", "stop", "--json")
                .expect(DEPLOYMENT_FAILED);
        assertThat(held.json().path("waiting").asBoolean()).isTrue();
        cli.run("skip", held.json().path("id").asString(), "--target", "web-1").expect(0);
        cli.run("watch", held.json().path("id").asString()).expect(0);
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        Result unknown = cli.run("deploy", "nothing@v1", "--to", "nowhere").expect(FAILED);
        assertThat(unknown.errors()).contains("nowhere").doesNotContain("Exception", "\tat ");
        assertThat(unknown.output()).isEmpty();

        cli.run("deploy", "nothing", "--to", "nowhere").expect(USAGE);
        cli.run("deploy", "nothing@v1").expect(USAGE);
        cli.run("get", "deployments", "--token", "wrong").expect(NOT_AUTHORISED);
        cli.run("get", "deployments", "--url", "http://127.0.0.1:1").expect(NOT_AUTHORISED);
        cli.run("get", "deployments", "--url", "http://127.0.0.1:1", "--token", "any")
                .expect(FAILED);
    }

    @Test
    void tellsWhereTheStackIs() {
        JsonNode status = cli.run("status", "--json").expect(0).json();

        assertThat(status.path("state").asString()).isEqualTo("ready");
        assertThat(status.path("url").asString()).startsWith("http://127.0.0.1:");
        assertThat(status.path("temporalUi").asString()).startsWith("http://127.0.0.1:");
        assertThat(Path.of(status.path("tokenFile").asString())).exists();
        assertThat(status.path("processes").propertyNames()).contains("supervisor", "postgres", "temporal", "server");
        assertThat(cli.run("get", "nodes").expect(0).output()).contains("local");
    }

    private void release(String name, String version, Archive archive) throws IOException {
        cli.run("release", "create", name, version, "--component", component(name + "-" + version, archive))
                .expect(0);
    }

    private static String component(String file, Archive archive) throws IOException {
        Path path = stack.folder(file + ".tar.gz");
        Files.write(path, archive.bytes());
        return "web=" + path;
    }
}
