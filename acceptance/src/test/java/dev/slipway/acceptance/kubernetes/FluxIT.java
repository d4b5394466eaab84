package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.Reconciliations.nudged;
import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import java.io.IOException;
import java.time.Instant;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of a HelmRelease of Flux: a real API server, real Helm, and a double of Flux's controllers. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class FluxIT {
    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private ChartRepository charts;
    private FluxDouble flux;
    private Reconciliations reconciliations;

    @BeforeEach
    void begin() throws IOException {
        namespace = cluster.namespace("flux");
        charts = ChartRepository.start(cluster.folder(namespace));
        flux = FluxDouble.start(cluster, namespace);
        reconciliations = new Reconciliations(cluster.kubeconfig());
    }

    @AfterEach
    void end() {
        reconciliations.close();
        flux.close();
        charts.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void tellsHowAReleaseBecomesReady() throws IOException {
        deployed("1.0.0");

        Observation observation = watch("1.1.0", charts.readyAfter("3s").push("1.1.0", "shop:1.1"));

        assertThat(observation).isEqualTo(new Observation.Ready("HelmRelease " + namespace + "/shop runs 1.1.0"));
        assertThat(reconciliations.summaries()).anyMatch(summary -> summary.contains("applies 1.1.0; Deployment shop"));
    }

    @Test
    void failsEarlyWhenAnImageCannotBePulled() throws IOException {
        deployed("1.0.0");
        Instant begun = Instant.now();

        Observation observation = watch("1.1.0", charts.push("1.1.0", "shop:bad-tag"));

        broken(observation)
                .contains("Deployment shop: Image shop:bad-tag of pod shop-")
                .contains("cannot be pulled (ImagePullBackOff)");
        assertThat(begun.plusSeconds(40)).as("long before Helm gives up").isAfter(Instant.now());
    }

    @Test
    void tellsTheLastWordsOfAContainerThatCrashes() throws IOException {
        deployed("1.0.0");

        broken(watch("1.1.0", charts.push("1.1.0", "shop:crash")))
                .contains("Container app of pod shop-")
                .contains("is crash-looping (CrashLoopBackOff, restarted 3 times)")
                .endsWith("Its last lines:\n" + KubernetesCluster.LAST_WORDS);
    }

    @Test
    void waitsForWhatIsPushedOnTopOfAFailure() throws IOException {
        deployed("1.0.0");
        cluster.apply(FluxDouble.manifest(namespace, charts, "1s", "15s"));
        broken(watch("1.1.0", charts.push("1.1.0", "shop:bad-tag"))).contains("ImagePullBackOff");

        Observation observation = watch("1.2.0", charts.push("1.2.0", "shop:1.2"));

        assertThat(observation).isEqualTo(new Observation.Ready("HelmRelease " + namespace + "/shop runs 1.2.0"));
    }

    @Test
    void tellsWhyAnUpgradeFailedAndThatFluxWentBack() throws IOException {
        deployed("1.0.0");

        String wrong = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Not_A_Name}";
        Observation observation = watch("1.1.0", charts.push("1.1.0", "shop:1.1", wrong));

        broken(observation)
                .contains("HelmRelease " + namespace + "/shop failed at 1.1.0")
                .contains("Not_A_Name")
                .contains("Flux remediated it");
    }

    @Test
    void tellsOfAStalledSource() throws IOException {
        deployed("1.0.0");
        flux.close();
        String commit = charts.push("1.1.0", "shop:1.1");
        Instant pushed = Instant.now();
        cluster.kubectl(
                "patch",
                "gitrepository",
                "shop",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                """
                {"status": {"conditions": [{"type": "Stalled", "status": "True", "reason": "URLInvalid",
                 "message": "the URL is none", "lastTransitionTime": "%s"}]}}""".formatted("2040-01-01T00:00:00Z"));

        broken(reconciliations.end(watched(Reconciler.FLUX, namespace, "1.1.0", commit, pushed)))
                .isEqualTo("GitRepository " + namespace + "/shop is stalled: the URL is none");
    }

    @Test
    void nudgesFluxOnce() throws IOException {
        String first = charts.push("1.0.0", "shop:1.0");
        cluster.apply(FluxDouble.manifest(namespace, charts, "1h", "60s"));
        assertThat(watch("1.0.0", first)).isInstanceOf(Observation.Ready.class);
        String commit = charts.push("1.1.0", "shop:1.1");

        Observation observation =
                reconciliations.end(nudged(watched(Reconciler.FLUX, namespace, "1.1.0", commit, Instant.now())));

        assertThat(observation).isInstanceOf(Observation.Ready.class);
        assertThat(cluster.kubectl(
                        "get", "gitrepository", "shop", "-n", namespace, "-o", "jsonpath={.metadata.annotations}"))
                .contains("\"reconcile.fluxcd.io/requestedAt\":\"slipway-" + commit + "\"");
    }

    private void deployed(String version) throws IOException {
        String commit = charts.push(version, "shop:1.0");
        cluster.apply(FluxDouble.manifest(namespace, charts, "1s", "60s"));
        assertThat(watch(version, commit)).isInstanceOf(Observation.Ready.class);
    }

    private Observation watch(String version, String commit) {
        return reconciliations.end(watched(Reconciler.FLUX, namespace, version, commit, Instant.now()));
    }

    static AbstractStringAssert<?> broken(Observation observation) {
        return assertThat(observation)
                .asInstanceOf(type(Observation.Broken.class))
                .satisfies(broken -> assertThat(broken.failure().type()).isEqualTo(FailureType.RECONCILIATION_FAILED))
                .extracting(broken -> broken.failure().message())
                .asString();
    }
}
