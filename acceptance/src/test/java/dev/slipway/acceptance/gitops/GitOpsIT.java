package dev.slipway.acceptance.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.git.BareRepository;
import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.kubernetes.FluxDouble;
import dev.slipway.acceptance.kubernetes.KubernetesCluster;
import dev.slipway.acceptance.kubernetes.KubernetesPrograms;
import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A chart from a CI job to a committed, reconciled, healthy release. */
@EnabledIf(value = "isPossible", disabledReason = GitServer.NEEDS + ", and " + KubernetesPrograms.NEED)
class GitOpsIT {
    private static final String TOKEN = "glcbt-canary-of-the-job";

    @RegisterExtension
    static final Stack stack = Stack.named("gitops");

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private GitServer git;
    private BareRepository iac;
    private GitLabDouble gitLab;
    private FluxDouble flux;
    private ShopChart chart;

    static boolean isPossible() {
        return GitServer.isUsable() && KubernetesPrograms.areBuilt();
    }

    @BeforeEach
    void declare() throws IOException {
        namespace = cluster.namespace("shop");
        Path folder = stack.folder("gitops-" + namespace);
        git = GitServer.start(folder.resolve("git"));
        iac = git.create("iac").seed("main", Map.of("README.md", "What runs in the cluster.\n"));
        gitLab = GitLabDouble.start();
        chart = ShopChart.in(folder.resolve("app/chart"));
        flux = FluxDouble.start(cluster, namespace);
        cluster.apply(FluxDouble.manifest(namespace, git.plainUrlWithPassword(iac), "1s", "60s"));
        secret("iac-push", GitServer.password());
        secret("kubeconfig", cluster.kubeconfig());
        Path documents = Files.writeString(folder.resolve("gitops.yaml"), documents());
        stack.cli().run("apply", "-f", documents.toString()).expect(0);
        gitLab.run(TOKEN, 41, "shop/web", "main");
    }

    @AfterEach
    void end() {
        flux.close();
        gitLab.close();
        git.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void bringsAChartFromAPipelineToAReleaseThatRuns() {
        Command.Result result = deploy("1.2.0").expect(0);

        assertThat(iac.files())
                .contains("README.md", "charts/shop/Chart.yaml", "charts/shop/templates/deployment.yaml");
        assertThat(iac.content("charts/shop/Chart.yaml")).contains("# The pipeline sets it.", "version: 1.2.0");
        assertThat(iac.content("charts/shop/values.yaml")).contains("# stands before the tag", "tag: 1.2.0");
        JsonNode deployment = newest();
        assertThat(iac.trailers("Slipway-Deployment"))
                .containsExactly(deployment.path("id").asString());
        assertThat(iac.trailers("Slipway-Actor")).containsExactly("ada");
        assertThat(deployment.path("status").asString()).isEqualTo("deployed");
        assertThat(deployment.path("iacCommit").asString()).isEqualTo(iac.head());
        assertThat(result.errors() + result.output())
                .contains("deployed")
                .contains(iac.head().substring(0, 7))
                .doesNotContain(TOKEN);
        assertThat(cluster.kubectl(
                        "get", "deployment", "shop", "-n", namespace, "-o", "jsonpath={.status.readyReplicas}"))
                .isEqualTo("2");
    }

    @Test
    void failsAtOnceWithTheReasonWhenAnImageCannotBePulled() throws IOException {
        chart.tagged("bad");

        Command.Result result = deploy("1.3.0");

        assertThat(result.exitCode()).isEqualTo(5);
        JsonNode deployment = newest();
        assertThat(deployment.path("status").asString()).isEqualTo("failed");
        assertThat(deployment.path("errorType").asString()).isEqualTo("ReconciliationFailed");
        assertThat(deployment.path("error").asString()).contains("ImagePullBackOff");
    }

    @Test
    void takesTheVersionBackThatRanBefore() {
        deploy("2.0.0").expect(0);
        deploy("2.1.0").expect(0);

        stack.cli().run("rollback", newest().path("id").asString(), "--json").expect(0);

        JsonNode rollback = stack.deployments().awaitEnd(newest().path("id").asString());
        assertThat(rollback.path("status").asString()).as("%s", rollback).isEqualTo("deployed");
        assertThat(rollback.path("version").asString()).isEqualTo("2.0.0");
        assertThat(iac.content("charts/shop/Chart.yaml")).contains("version: 2.0.0");
        assertThat(iac.commits()).isEqualTo(4);
    }

    @Test
    void commitsNothingTwiceWhenNothingHasChanged() {
        deploy("3.0.0").expect(0);
        String head = iac.head();

        deploy("3.0.0").expect(0);

        assertThat(iac.head()).isEqualTo(head);
        assertThat(newest().path("status").asString()).isEqualTo("deployed");
    }

    @Test
    void refusesAJobThatIsNotTheOneThatItSays() {
        gitLab.run("of-another", 99, "evil/fork", "main");
        Map<String, String> variables = new HashMap<>(variables());
        variables.put("CI_JOB_TOKEN", "of-another");

        Command.Result result = stack.cli().runIn(variables, command("1.0.0"));

        assertThat(result.exitCode()).isIn(1, 4);
        assertThat(iac.commits()).isEqualTo(1);
    }

    private Command.Result deploy(String version) {
        return stack.cli().runIn(variables(), command(version));
    }

    private String[] command(String version) {
        return new String[] {"gitops", "deploy", chart.folder().toString(), "--version", version};
    }

    /** What GitLab sets in a job, as far as it matters. */
    private Map<String, String> variables() {
        return Map.of(
                "CI",
                "true",
                "GITLAB_CI",
                "true",
                "CI_PROJECT_URL",
                gitLab.project("shop/web"),
                "CI_JOB_ID",
                "41",
                "CI_JOB_TOKEN",
                TOKEN,
                "CI_COMMIT_REF_NAME",
                "main",
                "SLIPWAY_URL",
                stack.stackFile().path("url").asString());
    }

    private void secret(String name, String value) {
        stack.cli().runWithInput(value, "secret", "set", name).expect(0);
    }

    private JsonNode newest() {
        JsonNode listed = stack.api()
                .get("/api/deployments?limit=1&environment=shop/production")
                .expect(200)
                .json();
        return stack.deployments().get(listed.path("items").path(0).path("id").asString());
    }

    private String documents() throws IOException {
        List<String> authority = Files.readAllLines(git.certificate());
        return """
                kind: GitProvider
                name: gitlab
                type: gitlab
                url: %s
                ---
                kind: App
                name: shop
                repository: %s.git
                provider: gitlab
                ---
                kind: IacRepository
                name: iac
                url: %s
                credential: iac-push
                author: {name: Slipway, email: slipway@example.com}
                certificateAuthority: |
                  %s
                ---
                kind: Cluster
                name: kwok
                kubeconfig: kubeconfig
                ---
                kind: AppEnvironment
                app: shop
                name: production
                branch: main
                iacRepository: iac
                path: charts/shop
                values: {image.tag: "${version}"}
                cluster: kwok
                reconciler: flux
                namespace: %s
                releaseName: shop
                timeout: 60s
                """.formatted(
                        gitLab.url(),
                        gitLab.project("shop/web"),
                        git.https(iac.name()),
                        String.join("\n  ", authority),
                        namespace);
    }
}
