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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A chart from a CI job to a committed, reconciled, healthy release. */
@EnabledIf(value = "isPossible", disabledReason = GitServer.NEEDS + ", and " + KubernetesPrograms.NEED)
class GitOpsIT {
    @RegisterExtension
    static final Stack stack = Stack.named("gitops");

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private GitOpsScene scene;
    private BareRepository iac;
    private FluxDouble flux;

    static boolean isPossible() {
        return GitServer.isUsable() && KubernetesPrograms.areBuilt();
    }

    @BeforeEach
    void declare() {
        namespace = cluster.namespace("shop");
        scene = GitOpsScene.of(stack, "gitops-" + namespace);
        iac = scene.iac();
        flux = FluxDouble.start(cluster, namespace);
        cluster.apply(FluxDouble.manifest(namespace, scene.git().plainUrlWithPassword(iac), "1s", "60s"));
        scene.declareInFlux(cluster, namespace);
    }

    @AfterEach
    void end() {
        flux.close();
        scene.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void bringsAChartFromAPipelineToAReleaseThatRuns() {
        Command.Result result = scene.deploy("1.2.0").expect(0);

        assertThat(iac.files())
                .contains("README.md", "charts/shop/Chart.yaml", "charts/shop/templates/deployment.yaml");
        assertThat(iac.content("charts/shop/Chart.yaml")).contains("# The pipeline sets it.", "version: 1.2.0");
        assertThat(iac.content("charts/shop/values.yaml")).contains("# stands before the tag", "tag: 1.2.0");
        JsonNode deployment = scene.newest();
        assertThat(iac.trailers("Slipway-Deployment"))
                .containsExactly(deployment.path("id").asString());
        assertThat(iac.trailers("Slipway-Actor")).containsExactly("ada");
        assertThat(deployment.path("status").asString()).isEqualTo("deployed");
        assertThat(deployment.path("iacCommit").asString()).isEqualTo(iac.head());
        assertThat(result.errors() + result.output())
                .contains("deployed")
                .contains(iac.head().substring(0, 7));
        assertThat(cluster.kubectl(
                        "get", "deployment", "shop", "-n", namespace, "-o", "jsonpath={.status.readyReplicas}"))
                .isEqualTo("2");
    }

    @Test
    void failsAtOnceWithTheReasonWhenAnImageCannotBePulled() throws IOException {
        scene.chart().tagged("bad");

        Command.Result result = scene.deploy("1.3.0");

        assertThat(result.exitCode()).isEqualTo(5);
        JsonNode deployment = scene.newest();
        assertThat(deployment.path("status").asString()).isEqualTo("failed");
        assertThat(deployment.path("errorType").asString()).isEqualTo("ReconciliationFailed");
        assertThat(deployment.path("error").asString()).contains("ImagePullBackOff");
    }

    @Test
    void takesTheVersionBackThatRanBefore() {
        scene.deploy("2.0.0").expect(0);
        scene.deploy("2.1.0").expect(0);

        String id = scene.newest().path("id").asString();
        stack.cli().run("rollback", id, "--json").expect(0);

        JsonNode rollback =
                stack.deployments().awaitEnd(scene.newest().path("id").asString());
        assertThat(rollback.path("status").asString()).as("%s", rollback).isEqualTo("deployed");
        assertThat(rollback.path("version").asString()).isEqualTo("2.0.0");
        assertThat(iac.content("charts/shop/Chart.yaml")).contains("version: 2.0.0");
        assertThat(iac.commits()).isEqualTo(4);
    }

    @Test
    void commitsNothingTwiceWhenNothingHasChanged() {
        scene.deploy("3.0.0").expect(0);
        String head = iac.head();
        scene.deploy("3.0.0", "--json").expect(0);
        assertThat(iac.head()).isEqualTo(head);
        assertThat(scene.newest().path("status").asString()).isEqualTo("deployed");
    }

    @Test
    void refusesAJobThatIsNotTheOneThatItSays() {
        scene.gitLab().run("of-another", 99, "evil/fork", "main");

        assertThat(scene.deployWith("of-another", "1.0.0").exitCode()).isIn(1, 4);

        assertThat(iac.commits()).isEqualTo(1);
    }

    /** Neither the job's token, nor the password of the repository, nor the kubeconfig is written anywhere (I8). */
    @Test
    void writesNoSecretAnywhere() throws IOException {
        Command.Result result = scene.deploy("4.0.0").expect(0);

        for (String text : new String[] {
            result.output(),
            result.errors(),
            stack.log("server"),
            iac.git("log", "--format=%B", "main"),
            stack.api()
                    .get("/api/deployments/" + scene.newest().path("id").asString() + "/history")
                    .body(),
            Files.readString(stack.data().resolve("logs/supervisor.log"))
        }) {
            assertThat(text).doesNotContain(GitOpsScene.TOKEN).doesNotContain(GitServer.password());
        }
    }
}
