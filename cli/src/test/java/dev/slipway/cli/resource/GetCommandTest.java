package dev.slipway.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.DeploymentDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetCommandTest {
    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    @AfterEach
    void close() {
        api.close();
    }

    private Result get(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "get";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.with(api, directory).run(all);
    }

    @Test
    void alignsColumnsAndCutsNothingInAPipe() {
        String longName = "x".repeat(63);
        api.answer(
                "GET /api/nodes",
                Answer.of(
                        200,
                        "{\"items\":[{\"name\":\"a\",\"online\":true,\"version\":\"0.1.0\",\"runtimes\":[\"process\",\"docker\"],"
                                + "\"hostname\":\"host\",\"lastSeenAt\":\"2026-01-01T00:00:00Z\"},{\"name\":\""
                                + longName
                                + "\",\"online\":false,\"version\":\"0.1.0\",\"runtimes\":[],\"hostname\":\"" + longName
                                + "\",\"lastSeenAt\":\"2026-01-01T00:00:00Z\"}],\"next\":null}"));

        Result result = get("nodes");

        assertThat(result.out().lines().toList())
                .hasSize(3)
                .element(2)
                .asString()
                .contains(longName + "   no ")
                .endsWith("2026-01-01T00:00:00Z");
        assertThat(result.out().lines().toList().get(1))
                .startsWith("a" + " ".repeat(65) + "yes      0.1.0     process, docker");
    }

    @Test
    void readsEveryPage() {
        api.answer(
                "GET /api/releases",
                Answer.of(200, "{\"items\":[{\"name\":\"web\",\"version\":\"v2\"}],\"next\":\"c 1\"}"));
        api.answer(
                "GET /api/releases?cursor=c%201",
                Answer.of(200, "{\"items\":[{\"name\":\"web\",\"version\":\"v1\"}],\"next\":null}"));

        assertThat(get("releases").out()).contains("web@v2").contains("web@v1");
        assertThat(get("releases", "--json").json().get("items").size()).isEqualTo(2);
    }

    @Test
    void printsOneObjectByItsNameAsTheServerTellsIt() {
        api.answer(
                "GET /api/releases/web/v1",
                Answer.of(200, "{\"name\":\"web\",\"version\":\"v1\",\"new\":[1.50,null]}"));

        assertThat(get("release", "web@v1", "-o", "json").json().toString())
                .isEqualTo("{\"name\":\"web\",\"version\":\"v1\",\"new\":[1.5,null]}");
        assertThat(get("releases", "web@v1", "-o", "yaml").out())
                .isEqualTo("name: web\nversion: v1\nnew:\n  - 1.5\n  - null\n");
    }

    @Test
    void showsTheTasksOfOneDeployment() {
        api.add(new DeploymentDouble("01abcdef", "web@v2", "web-1"))
                .task("web-1", "failed", 3, "Broken.", "It answered 500.")
                .end("failed", "Broken.", "It answered 500.");

        Result result = get("deployments", "01ab");

        assertThat(result.out())
                .contains("01abcdef   web@v2    staging")
                .contains("web-1")
                .contains("It answered 500.");
    }

    @Test
    void showsWhereTheChartOfOneDeploymentIs() {
        api.add(DeploymentDouble.ofChart("01abcdef")).push();

        assertThat(get("deployments", "01ab").out())
                .contains("01abcdef   shop 1.4.2   production")
                .contains("main     0123456789abcdef   fleet            charts/shop   fedcba9876543210   flux");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "projects|{'name':'shop','repository':'https://git.example.com/shop/web','provider':'lab'}"
                        + "|shop   https://git.example.com/shop/web   lab",
                "environments|{'project':'default','name':'live','concurrency':'queue','gitops':{'branch':'main',"
                        + "'iacRepository':'fleet','path':'charts/shop','reconciler':'flux','cluster':'eu'}}"
                        + "|default   live   queue         main to charts/shop of fleet (flux)",
                "iac-repositories|{'name':'fleet','url':'https://git.example.com/fleet','branch':'main'}"
                        + "|fleet   https://git.example.com/fleet   main",
                "clusters|{'name':'eu','kubeconfig':null}|eu     in-cluster",
                "git-providers|{'name':'lab','type':'gitlab','url':'https://git.example.com'}"
                        + "|lab    gitlab   https://git.example.com",
                "webhooks|{'name':'eu-flux','type':'flux','secret':'flux-key','cluster':'eu','iacRepository':null}"
                        + "|eu-flux   flux   eu                         flux-key"
            })
    void listsTheKindsOfGitOps(String kind, String item, String row) {
        String items = "{\"items\":[" + item.replace('\'', '"') + "]}";
        api.answer("GET /api/" + kind, Answer.of(200, items));

        assertThat(get(kind).out().lines().toList()).hasSize(2).element(1).isEqualTo(row);
        assertThat(get(kind, "--json").json().toString()).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource({
        "iac-repository, iac-repositories",
        "cluster, clusters",
        "git-provider, git-providers",
        "webhook, webhooks"
    })
    void findsOneOfAKindByItsName(String singular, String plural) {
        api.answer("GET /api/" + plural, Answer.of(200, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}]}"));

        assertThat(get(singular, "b", "--json").json().toString()).isEqualTo("{\"name\":\"b\"}");
        assertThat(get(singular, "c").err())
                .isEqualTo("error: there is no " + singular + " \"c\"\nhint: list them: slipway get " + plural + "\n");
    }

    @Test
    void limitsDeploymentsAndSaysThatThereAreMore() {
        api.answer(
                "GET /api/deployments?environment=staging&limit=1",
                Answer.of(200, "{\"items\":[{\"id\":\"01a\",\"status\":\"running\"}],\"next\":\"c\"}"));

        Result result = get("deployments", "--environment", "staging", "--limit", "1");

        assertThat(result.out()).contains("01a");
        assertThat(result.err()).isEqualTo("more exist; raise --limit to list them\n");
    }

    @Test
    void looksUpEnvironmentsInTheCurrentProject() throws IOException {
        Files.writeString(directory.resolve("slipway.yaml"), "project: shop\n");
        api.answer("GET /api/projects/shop/environments/live", Answer.of(200, "{\"name\":\"live\"}"));
        api.answer("GET /api/projects/team/environments/live", Answer.of(200, "{\"name\":\"theirs\"}"));
        api.answer("GET /api/environments/live", Answer.of(200, "{\"name\":\"plain\"}"));
        api.answer("GET /api/deployments?environment=team%2Flive&limit=100", Answer.of(200, "{\"items\":[]}"));

        assertThat(get("environments", "live", "--json").out()).contains("\"live\"");
        assertThat(get("environments", "team/live", "--json").out()).contains("theirs");
        assertThat(get("environments", "live", "--project", "team", "--json").out())
                .contains("theirs");
        assertThat(get("environments", "default/live", "--json").out()).contains("plain");
        assertThat(get("deployments", "--environment", "live", "--project", "team")
                        .exitCode())
                .isZero();
    }

    @Test
    void looksUpReleasesInTheCurrentProject() {
        String release = "{\"project\":\"shop\",\"name\":\"web\",\"version\":\"v1\",\"components\":[]}";
        api.answer("GET /api/projects/shop/releases", Answer.of(200, "{\"items\":[" + release + "]}"));
        api.answer("GET /api/projects/shop/releases/web/v1", Answer.of(200, release));
        api.answer("GET /api/projects/shop/releases/web", Answer.of(200, "{\"items\":[" + release + "]}"));

        assertThat(get("releases", "--project", "shop").out()).contains("shop/web@v1");
        assertThat(get("releases", "web@v1", "--project", "shop").out()).contains("shop/web@v1");
        assertThat(get("releases", "shop/web").out()).contains("shop/web@v1");
    }

    @Test
    void findsATargetByItsName() {
        api.answer(
                "GET /api/targets",
                Answer.of(
                        200,
                        "{\"items\":[{\"name\":\"web-1\",\"environment\":\"staging\",\"node\":\"local\",\"runtime\":\"process\","
                                + "\"component\":\"web\",\"place\":\"directory /srv/web-1 on node local\"},{\"name\":\"web-2\"}],\"next\":null}"));

        assertThat(get("targets", "web-1").out()).contains("/srv/web-1").doesNotContain("web-2");
        assertThat(get("targets", "web-3").err()).startsWith("error: there is no target \"web-3\"");
    }

    @Test
    void saysThatThereIsNothing() {
        api.answer("GET /api/environments", Answer.of(200, "{\"items\":[],\"next\":null}"));

        Result result = get("environments");

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("no environments\n");
        assertThat(get("environments", "-o", "json").json().get("items").isEmpty())
                .isTrue();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(get("servers").exitCode()).isEqualTo(2);
        assertThat(get("nodes", "-o", "xml").exitCode()).isEqualTo(2);
        assertThat(get("nodes", "--environment", "staging").exitCode()).isEqualTo(2);
    }

    @Test
    void namesWhatIsNotThere() {
        api.answer(
                "GET /api/environments/prod",
                Answer.problem(404, "unknown-environment", "There is no environment \"prod\".", null));

        Result result = get("environments", "prod");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("error: There is no environment \"prod\".\nhint: list them: slipway get environments\n");
    }

    @Test
    void printsNoTerminalCodesThatHideInAnswers() {
        api.answer("GET /api/nodes/n", Answer.of(200, "{\"name\":\"\\u001b[2J\\u009b2J\\u202e\"}"));

        assertThat(get("nodes", "n").out()
                        + get("nodes", "n", "--json").out()
                        + get("nodes", "n", "-o", "yaml").out())
                .doesNotContain("\033")
                .doesNotContain("\u009b");
    }
}
