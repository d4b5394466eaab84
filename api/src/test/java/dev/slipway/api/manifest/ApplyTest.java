package dev.slipway.api.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ApplyTest {
    private static final String EXAMPLE = """
            kind: Environment
            name: declared
            concurrency: queue            # queue | supersede | reject
            targets:
              - name: web-1
                node: local
                runtime: process          # process | docker
                component: web
                directory: /srv/web-1     # process: releases/<digest>/, current -> releases/<digest>
                command: [./start, "8101"]
                environment: {GREETING: hello, ANSWER: 042, YES: no}
                health: {type: http, url: "http://127.0.0.1:8101/", expectedStatus: 200, expectedBody: "v2", timeout: 2s, retries: 20, interval: 250ms}
              - name: api-1
                node: local
                runtime: docker
                component: api
                container: api-1
                ports: ["127.0.0.1:8201:8080"]
                limits: {cpu: 0.5, memory: 256Mi}
                health: {type: tcp, port: 8201, timeout: 2s, retries: 20, interval: 250ms}
            """;
    private static final String ENVIRONMENT = """
            kind: Environment
            name: %1$s
            targets:
              - {name: %1$s-1, node: local, runtime: process, component: web, directory: /srv/%1$s, command: [./start]}
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from environment e where not exists (select from deployment d where d.environment = e.id)")
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment.yaml", "hello.yaml"})
    void appliesTheExamplesOfTheRepository(String file) throws IOException {
        String manifest = Files.readString(Path.of("../examples", file));

        assertThat(api.apply(manifest).expect(200).text()).contains("\"change\":\"created\"");
    }

    @Test
    void appliesTheExampleAndGivesItBackSoThatItCanBeAppliedAgain() {
        Api.Answer first = api.apply(EXAMPLE).expect(200);
        assertThat(first.text())
                .isEqualTo("{\"results\":[{\"kind\":\"Environment\",\"name\":\"declared\",\"change\":\"created\"}]}");

        Api.Answer shown = api.get("/api/environments/declared").expect(200);
        assertThat(shown.json().at("/targets/0/environment").toString())
                .isEqualTo("{\"GREETING\":\"hello\",\"ANSWER\":\"042\",\"YES\":\"no\"}");
        assertThat(shown.json().at("/targets/1/limits").toString()).isEqualTo("{\"cpu\":0.5,\"memory\":\"256Mi\"}");

        Api.Answer again = api.post("/api/apply", shown.text()).expect(200);
        assertThat(again.json().at("/results/0/change").asString()).isEqualTo("unchanged");
    }

    @Test
    void takesNumbersAsJsonWritesThem() {
        api.apply(EXAMPLE.replace("declared", "numbers")
                        .replace("retries: 20", "retries: 2.10e1")
                        .replace("cpu: 0.5", "cpu: 5.03686348382758e-1"))
                .expect(200);

        assertThat(api.get("/api/environments/numbers").expect(200).text())
                .contains("\"retries\":21", "\"cpu\":0.503686348382758");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout: 2s, retries | timeout: abc, retries | 422 | targets[0].health.timeout | invalid duration \"abc\"",
                "concurrency: queue | concurrency: some | 422 | concurrency | queue, supersede, reject",
                "name: declared | nam: declared | 400 | nam | did you mean \"name\"?",
                "name: declared | name: | 400 | name | is missing",
                "concurrency: queue | colour: red | 400 | colour | unknown field \"colour\"; expected one of kind, project, name, concurrency, targets, gitops",
                "cpu: 0.5 | disk: 1 | 400 | targets[1].limits.disk | expected one of cpu, memory",
                "component: web | compnent: web | 400 | targets[0].compnent | did you mean \"component\"? Expected one of name,",
                "container: api-1 | directory: /srv/api | 400 | targets[1].directory | expected one of name, node, component, runtime, container",
                "runtime: docker | runtime: podman | 422 | targets[1].runtime | process, docker",
                "name: api-1 | name: web-1 | 422 | targets[1].name | declared twice",
                "127.0.0.1:8201:8080 | 127.0.0.1:82010:8080 | 422 | targets[1].ports[0] | invalid port 82010",
                "127.0.0.1:8201:8080 | eighty | 422 | targets[1].ports[0] | invalid port mapping",
                "memory: 256Mi | memory: 256 MB | 422 | targets[1].limits.memory | invalid amount of memory",
                "cpu: 0.5 | cpu: half | 400 | targets[1].limits.cpu | is not a number",
                "directory: /srv/web-1 | directory: /srv/../etc | 422 | targets[0].directory | without",
                "directory: /srv/web-1 | directory: web-1 | 422 | targets[0].directory | absolute",
                "GREETING: hello | LD_PRELOAD: /x.so | 422 | targets[0].environment.LD_PRELOAD | not allowed",
                "GREETING: hello | GREETING: \"a\\nb\" | 422 | targets[0].environment.GREETING | one line",
                "GREETING: hello | GREETING: \"a\\0b\" | 422 | targets[0].environment.GREETING | NUL",
                "GREETING: hello | GREETING: [hello] | 400 | targets[0].environment.GREETING | a single value",
                "node: local | node: -oProxyCommand=x | 422 | targets[0].node | invalid name",
                "expectedStatus: 200 | expectedStatus: ok | 400 | targets[0].health.expectedStatus | not a whole number",
                "expectedStatus: 200 | expectedStatus: 200.5 | 400 | targets[0].health.expectedStatus | not a whole number",
                "expectedStatus: 200 | expectedStatus: 2e99 | 400 | targets[0].health.expectedStatus | not a whole number",
                "cpu: 0.5 | cpu: 1e99 | 422 | targets[1].limits.cpu | from 0.01 to 1024 cores",
                "http://127.0.0.1:8101/ | file:///etc/passwd | 422 | targets[0].health.url | expected an http",
                "type: tcp, port: 8201 | type: tcp, port: 0 | 422 | targets[1].health.port | invalid port 0",
                "type: tcp, port: 8201 | type: tcp | 400 | targets[1].health.port | is missing",
            })
    void namesTheFieldThatIsAtFaultAndChangesNothing(
            String right, String wrong, int status, String field, String problem) {
        Api.Answer answer = api.apply(EXAMPLE.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))
                .replace("declared", "faulty"));

        String detail = answer.problem(status, "invalid-input");
        assertThat(detail).startsWith(field + ": ").contains(problem);
        assertThat(answer.json().path("field").asString()).isEqualTo(field);
        assertThat(detail).matches("(?s).* \\(line \\d+\\)");
        api.get("/api/environments/faulty").problem(404, "unknown-environment");
    }

    @Test
    void appliesAllDocumentsOrNoneAndNamesTheOneAtFault() {
        String documents = ENVIRONMENT.formatted("one") + "---\n"
                + ENVIRONMENT.formatted("two").replace("./start", "");

        assertThat(api.apply(documents).problem(422, "invalid-input"))
                .startsWith("document 2 (Environment two): targets[0].command: ");
        api.get("/api/environments/one").problem(404, "unknown-environment");

        api.apply(ENVIRONMENT.formatted("one") + "---\n---\n" + ENVIRONMENT.formatted("two"))
                .expect(200);
        api.get("/api/environments/one").expect(200);
        assertThat(api.get("/api/targets?environment=two").expect(200).text())
                .isEqualTo("{\"items\":[{\"environment\":\"two\",\"name\":\"two-1\",\"node\":\"local\",\"runtime\":"
                        + "\"process\",\"component\":\"web\",\"place\":\"directory /srv/two\"}],\"next\":null}");
    }

    @Test
    void refusesAPlaceThatAnotherEnvironmentHolds() {
        api.apply(ENVIRONMENT.formatted("holder")).expect(200);

        assertThat(api.apply(ENVIRONMENT.formatted("taker").replace("/srv/taker", "/srv/holder"))
                        .problem(422, "invalid-input"))
                .contains("Environment taker", "targets[0]", "environment \"holder\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: [",
                "kind: Environment\nkind: Environment",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                "kind: !!binary aGVsbG8=",
                """
                a: &a [x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]
                """,
                "&a [*a]",
                "kind: &a {kind: *a}",
                "- kind: Environment",
                "just text",
                "",
                "---\n---",
                "kind: Cheese\nname: x",
                "name: x",
                "kind: \u0000",
                "\tkind: x",
            })
    void refusesWhatIsNoDocument(String body) {
        api.apply(body).problem(400, "invalid-input");
    }

    @Test
    void refusesNestingBeyondAnyUse() {
        api.apply("[".repeat(10_000)).problem(400, "invalid-input");
        api.post("/api/apply", "[".repeat(10_000)).problem(400, "invalid-input");
        api.post("/api/deployments", "{\"release\":" + "[".repeat(10_000)).problem(400, "invalid-input");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = "kind: Environment\nname: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(api.send(
                                "/api/apply",
                                request -> request.header("Content-Type", "application/yaml")
                                        .POST(Api.bytes(latin)))
                        .problem(400, "invalid-input"))
                .contains("UTF-8");
    }

    @Test
    void refusesABodyThatIsTooLargeWithOrWithoutALength() {
        byte[] large = ("# " + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8);

        api.send(
                        "/api/apply",
                        request -> request.header("Content-Type", "application/yaml")
                                .POST(Api.bytes(large)))
                .problem(413, "too-large");
        api.send(
                        "/api/apply",
                        request -> request.header("Content-Type", "application/yaml")
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                .problem(413, "too-large");
    }

    @Test
    void keepsTextThatLooksLikeAnExpression() {
        api.apply(ENVIRONMENT.formatted("literal").replace("[./start]", "[\"${jndi:ldap://x}\", \"#{1+1}\"]"))
                .expect(200);

        assertThat(api.get("/api/environments/literal")
                        .json()
                        .at("/targets/0/command")
                        .toString())
                .isEqualTo("[\"${jndi:ldap://x}\",\"#{1+1}\"]");
    }
}
