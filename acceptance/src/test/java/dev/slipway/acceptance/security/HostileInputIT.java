package dev.slipway.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Texts that want to be more than text. */
class HostileInputIT {
    @RegisterExtension
    static final Stack stack = Stack.named("security");

    private final Deployments deployments = stack.deployments();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
                "kind: !!java.util.Date 2001-01-01",
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nkind: Environment\n",
                "kind: Environment\nkind: Environment",
                "&a [*a]"
            })
    void refusesYamlThatIsMoreThanData(String yaml) {
        Answer answer = stack.api().apply(yaml).expect(400);

        assertThat(answer.body()).doesNotContain("Exception");
    }

    @Test
    void storesWhatLooksLikeAnExpressionAsItIs() {
        String expression = "${jndi:ldap://127.0.0.1/x} #{T(java.lang.Runtime).getRuntime()} $(id) `id` %{1+1}";
        SampleEnvironment web = SampleEnvironment.of(stack, "expressions", 0)
                .with("web-1", "local", Map.of("EXPRESSION", expression))
                .apply()
                .release("v1", SampleService.saying("v1", "echo \"$EXPRESSION\" >&2"));

        JsonNode ended = deployments.run(web.deploy("v1"));

        assertThat(ended.path("status").asString()).isEqualTo("completed");
        JsonNode target = stack.api()
                .get("/api/environments/expressions")
                .expect(200)
                .json()
                .path("targets")
                .path(0);
        assertThat(target.path("environment").path("EXPRESSION").asString()).isEqualTo(expression);
        assertThat(stack.cli()
                        .run("logs", ended.path("id").asString())
                        .expect(0)
                        .output())
                .contains(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GREETING: hello|LD_PRELOAD: /tmp/x.so|LD_PRELOAD",
                "GREETING: hello|GREETING: \"a\\nb\"|GREETING",
                "GREETING: hello|GREETING: \"a\\0b\"|GREETING",
                "GREETING: hello|\"A=B\": c|environment",
                "name: web-1|name: ../web|name",
                "name: web-1|name: -web|name",
                "node: local|node: \"$(id)\"|node",
                "timeout: 2s|timeout: soon|timeout",
                "interval: 250ms|interval: -1s|interval"
            })
    void refusesValuesThatNoTargetShouldGet(String good, String bad, String field) {
        SampleEnvironment web = SampleEnvironment.of(stack, "refused", 1);

        Answer answer = stack.api().apply(web.manifest().replace(good, bad));

        assertThat(answer.status()).as("%s", answer).isEqualTo(422);
        assertThat(answer.text("field")).contains(field);
        assertThat(stack.api().get("/api/environments/refused").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"..|422", "v1/../v2|422", "v1\\n|422", "v 1|422", "-v1/|422", "''|422", "`id`|422", "v1\\u0000|400"
            })
    void refusesVersionsThatAreNoLabels(String version, int status) {
        Answer answer = stack.api()
                .post(
                        "/api/releases",
                        "{\"name\":\"web\",\"version\":\"" + version
                                + "\",\"components\":[{\"name\":\"web\",\"archive\":\""
                                + SampleService.good("v1").digest() + "\"}]}");

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.text("field")).isEqualTo("version");
    }

    @Test
    void keepsLinesOfLogsAndTerminalsApart() {
        SampleEnvironment web = SampleEnvironment.of(stack, "lines", 1)
                .apply()
                .release(
                        "v1",
                        SampleService.saying(
                                "v1",
                                "printf '::add-mask::x\\n##vso[task.setvariable]y\\n\\033]0;owned\\007\\033[2Jred\\n<script>alert(1)</script>\\n'"))
                .release("v2", SampleService.broken("v2"));
        String first = deployments.run(web.deploy("v1")).path("id").asString();
        String second = deployments.start(web.deploy("v2"));
        deployments.awaitTask(second, "web-1", "verifying");
        stack.api()
                .post(
                        "/api/deployments/" + second + "/cancel",
                        "{\"reason\":\"x\\r\\n2026-01-01 ERROR forged\\u001b[31m<script>alert(1)</script>\"}")
                .expect(202);
        deployments.awaitEnd(second);

        String output = stack.cli().run("logs", first).expect(0).output()
                + stack.cli().run("watch", second).output()
                + stack.cli().run("watch", second).errors();
        assertThat(output).contains("owned", "red", "forged").doesNotContain("\u001b", "\u0007", "\r", "##vso[");
        assertThat(output.lines()).noneMatch(line -> line.startsWith("::") || line.startsWith("2026-01-01 ERROR"));
        assertThat(stack.log("server").lines()).noneMatch(line -> line.startsWith("2026-01-01 ERROR"));
        Answer answer = stack.api().get("/api/deployments/" + second);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void capsTheLogOfATargetThatFloodsIt() {
        SampleEnvironment web = SampleEnvironment.of(stack, "flood", 2)
                .apply()
                .release("v1", SampleService.saying("v1", "seq 1 100000 | sed 's/$/ floods the log of this target/'"));

        JsonNode ended = deployments.run(web.deploy("v1").rolling());

        assertThat(ended.path("status").asString()).isEqualTo("completed");
        String logs = stack.cli()
                .run("logs", ended.path("id").asString(), "--target", "web-1")
                .expect(0)
                .output();
        assertThat(logs.lines().count()).isLessThanOrEqualTo(5_001);
        assertThat(stack.data().resolve("logs/server.log"))
                .isRegularFile()
                .satisfies(log -> assertThat(log.toFile().length()).isLessThan(5 << 20));
    }
}
