package dev.slipway.acceptance.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.kubernetes.FluxDouble;
import dev.slipway.acceptance.kubernetes.KubernetesCluster;
import dev.slipway.acceptance.kubernetes.KubernetesPrograms;
import dev.slipway.acceptance.kubernetes.KustomizeController;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A chart of plain manifests from a CI job to what Flux's own kustomize-controller makes of them. */
@EnabledIf(
        value = "dev.slipway.acceptance.gitops.GitOpsIT#isPossible",
        disabledReason = GitServer.NEEDS + ", and " + KubernetesPrograms.NEED)
class KustomizationIT {
    @RegisterExtension
    static final Stack stack = Stack.named("gitops");

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private GitOpsScene scene;
    private FluxDouble source;
    private KustomizeController flux;

    @BeforeEach
    void declare() {
        namespace = cluster.namespace("shop");
        scene = GitOpsScene.of(stack, "kustomize-" + namespace);
        source = FluxDouble.start(cluster, namespace);
        flux = KustomizeController.start(cluster, namespace);
        cluster.apply(KustomizeController.manifest(
                namespace, scene.git().plainUrlWithPassword(scene.iac()), "charts/shop/templates"));
        scene.declareInFlux(cluster, namespace);
    }

    @AfterEach
    void end() {
        flux.close();
        source.close();
        scene.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void saysDeployedWhenTheControllerHasAppliedTheCommitAndItRuns() throws IOException {
        deploy("1.0.0", "shop:1.0", 2);

        JsonNode deployment = deploy("1.1.0", "shop:1.1", 2);

        assertThat(deployment.path("status").asString()).as("%s", deployment).isEqualTo("deployed");
        assertThat(inCluster("kustomization", "{.status.lastAppliedRevision}"))
                .isEqualTo("main@sha1:" + deployment.path("iacCommit").asString());
        assertThat(inCluster("deployment", "{.spec.template.spec.containers[0].image} {.status.readyReplicas}"))
                .isEqualTo("shop:1.1 2");
    }

    @Test
    void failsWithTheWordsOfTheControllerWhenTheClusterRefusesAManifest() throws IOException {
        JsonNode deployment = deploy("1.0.0", "shop:1.0", -1);

        assertThat(deployment.path("status").asString()).isEqualTo("failed");
        assertThat(deployment.path("errorType").asString()).isEqualTo("ReconciliationFailed");
        assertThat(deployment.path("error").asString())
                .contains("Kustomization " + namespace + "/shop failed at main@sha1:")
                .contains("spec.replicas: Invalid value: -1");
    }

    @Test
    void failsAtOnceWithTheReasonWhenAnImageCannotBePulled() throws IOException {
        JsonNode deployment = deploy("1.0.0", "shop:bad", 2);

        assertThat(deployment.path("status").asString()).isEqualTo("failed");
        assertThat(deployment.path("error").asString()).contains("ImagePullBackOff");
    }

    private JsonNode deploy(String version, String image, int replicas) throws IOException {
        Files.writeString(scene.chart().folder().resolve("templates/deployment.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec: {containers: [{name: app, image: "%s"}]}
                """.formatted(replicas, image));
        scene.deploy(version);
        return scene.newest();
    }

    private String inCluster(String kind, String path) {
        return cluster.kubectl("get", kind, "shop", "-n", namespace, "-o", "jsonpath=" + path);
    }
}
