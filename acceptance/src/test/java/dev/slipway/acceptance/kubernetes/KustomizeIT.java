package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.FluxIT.broken;
import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of a Kustomization that Flux's own controller applies. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class KustomizeIT {
    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private static final String PATH = "apps/shop";

    private String namespace = "";
    private ChartRepository repository;
    private FluxDouble source;
    private KustomizeController flux;
    private Reconciliations reconciliations;

    @BeforeEach
    void begin() throws IOException {
        namespace = cluster.namespace("kustomize");
        repository = ChartRepository.start(cluster.folder(namespace));
        source = FluxDouble.start(cluster, namespace);
        flux = KustomizeController.start(cluster, namespace);
        reconciliations = new Reconciliations(cluster.kubeconfig());
    }

    @AfterEach
    void end() {
        reconciliations.close();
        flux.close();
        source.close();
        repository.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void isReadyWhenTheCommitIsAppliedAndItsPodsAre() throws IOException {
        deployed();

        String commit = push(deployment("shop:1.1", 2, "3s"));

        assertThat(watch(commit)).isEqualTo(applied(commit));
        assertThat(reconciliations.summaries()).anyMatch(summary -> summary.startsWith("Deployment shop "));
        assertThat(cluster.kubectl("get", "deployment", "shop", "-n", namespace, "-o", "jsonpath={.status}"))
                .contains("\"readyReplicas\":2", "\"updatedReplicas\":2");
    }

    @Test
    void tellsWhyTheClusterRefusesAManifest() throws IOException {
        deployed();

        broken(watch(push(deployment("shop:1.1", -1, "0s"))))
                .startsWith("Kustomization " + namespace + "/shop failed at main@sha1:")
                .contains("(ReconciliationFailed)")
                .contains("spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }

    @Test
    void tellsWhatIsWrongWithTheVeryFirstCommit() throws IOException {
        String commit = push("apiVersion: example.com/v1\nkind: Unheard\nmetadata: {name: of}\n");
        declare();

        broken(watch(commit))
                .contains("(ReconciliationFailed)")
                .contains("no matches for kind \"Unheard\" in version \"example.com/v1\"");
    }

    @Test
    void tellsOfManifestsThatCannotBeBuilt() throws IOException {
        deployed();

        broken(watch(push("kind: ConfigMap\n"))).contains("(BuildFailed)").contains("missing metadata.name");
    }

    @Test
    void tellsOfAPathThatTheCommitDoesNotHave() throws IOException {
        String commit = repository.pushFile("apps/another/deployment.yaml", deployment("shop:1.0", 2, "0s"));
        declare();

        broken(watch(commit)).contains("kustomization path not found");
    }

    @Test
    void failsEarlyWhenAnImageCannotBePulled() throws IOException {
        deployed();

        broken(watch(push(deployment("shop:bad-tag", 2, "0s"))))
                .contains("Deployment shop: Image shop:bad-tag of pod shop-")
                .contains("cannot be pulled (ImagePullBackOff)");
    }

    @Test
    void failsEarlyWhileTheControllerWaitsForHealth() throws IOException {
        deployed("wait: true", "timeout: 2m");

        broken(watch(push(deployment("shop:bad-tag", 2, "0s")))).contains("ImagePullBackOff");
    }

    @Test
    void waitsForWhatTheControllerDependsOn() throws IOException {
        String commit = push(deployment("shop:1.0", 2, "0s"));
        declare("dependsOn: [{name: database}]");

        assertThat(reconciliations.next(watched(Reconciler.FLUX, namespace, "1.0.0", commit, Instant.now()), null))
                .isInstanceOf(Observation.Progressing.class);
        declare("dependsOn: []");

        assertThat(watch(commit)).isEqualTo(applied(commit));
    }

    @Test
    void waitsForWhatIsPushedOnTopOfAFailure() throws IOException {
        deployed();
        broken(watch(push(deployment("shop:1.1", -1, "0s")))).contains("spec.replicas");

        String commit = push(deployment("shop:1.2", 2, "0s"));

        assertThat(watch(commit)).isEqualTo(applied(commit));
    }

    private void deployed(String... more) throws IOException {
        String commit = push(deployment("shop:1.0", 2, "0s"));
        declare(more);
        assertThat(watch(commit)).isEqualTo(applied(commit));
    }

    private void declare(String... more) {
        cluster.apply(KustomizeController.manifest(namespace, repository.url(), PATH, more));
    }

    private String push(String manifest) throws IOException {
        return repository.pushFile(PATH + "/shop.yaml", manifest);
    }

    private Observation watch(String commit) {
        return reconciliations.end(watched(Reconciler.FLUX, namespace, "1.0.0", commit, Instant.now()));
    }

    private Observation applied(String commit) {
        return new Observation.Ready("Kustomization " + namespace + "/shop has applied main@sha1:" + commit);
    }

    private static String deployment(String image, int replicas, String readyDelay) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}, annotations: {test/ready-delay: %s}}
                    spec: {containers: [{name: app, image: "%s"}]}
                """.formatted(replicas, readyDelay, image);
    }
}
