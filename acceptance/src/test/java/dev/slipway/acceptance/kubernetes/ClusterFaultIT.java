package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of watching a cluster that refuses, goes away and comes back. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class ClusterFaultIT {
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    @Test
    void saysWhichRightIsMissing() {
        String namespace = cluster.namespace("rights");
        String rules = "[{apiGroups: [helm.toolkit.fluxcd.io], resources: [helmreleases], verbs: [get, list]},"
                + " {apiGroups: [kustomize.toolkit.fluxcd.io], resources: [kustomizations], verbs: [get, list, watch]}]";
        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig(namespace, rules))) {
            ApplicationFailure failure = failure(() -> reconciliations.end(fluxAt(namespace)));

            assertThat(failure.getType()).isEqualTo(FailureType.CLUSTER_REFUSED.wireName());
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage())
                    .contains(
                            "does not permit the credentials to watch helmreleases.helm.toolkit.fluxcd.io in namespace "
                                    + namespace)
                    .contains("Grant the verbs get, list and watch");
        }
    }

    @Test
    void needsNothingButWhatTheDocumentationSays() throws IOException {
        String namespace = cluster.namespace("least");
        String watch = "verbs: [get, list, watch]}";
        String rules = "[{apiGroups: [helm.toolkit.fluxcd.io], resources: [helmreleases], " + watch
                + ", {apiGroups: [source.toolkit.fluxcd.io], resources: [gitrepositories, helmcharts], " + watch
                + ", {apiGroups: [apps], resources: [deployments, statefulsets, daemonsets, replicasets], " + watch
                + ", {apiGroups: [batch], resources: [jobs], " + watch
                + ", {apiGroups: [\"\"], resources: [pods], " + watch + "]";
        try (ChartRepository charts = ChartRepository.start(cluster.folder(namespace));
                FluxDouble _ = FluxDouble.start(cluster, namespace);
                Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig(namespace, rules))) {
            String commit = charts.push("1.0.0", "shop:1.0");
            cluster.apply(FluxDouble.manifest(namespace, charts, "1s", "60s"));

            assertThat(reconciliations.end(watched(Reconciler.FLUX, namespace, "1.0.0", commit, Instant.now())))
                    .isInstanceOf(Observation.Ready.class);
        }
    }

    @Test
    void refusesCredentialsOfAnotherCluster() {
        String wrong =
                cluster.kubeconfig().replaceAll("client-certificate-data: \\S+, client-key-data: [^}]+", "token: abc");
        try (Reconciliations reconciliations = new Reconciliations(wrong)) {
            ApplicationFailure failure = failure(() -> reconciliations.end(fluxAt("default")));

            assertThat(failure.getType()).isEqualTo(FailureType.CLUSTER_REFUSED.wireName());
            assertThat(failure.getOriginalMessage())
                    .contains("rejected the credentials")
                    .doesNotContain("abc");
        }
    }

    @Test
    void refusesAServerThatAnotherAuthorityHasSigned() {
        String certificate = cluster.kubeconfig().replaceAll("(?s).*client-certificate-data: ([^,]+),.*", "$1");
        String wrong = cluster.kubeconfig()
                .replaceAll("certificate-authority-data: [^}]+", "certificate-authority-data: " + certificate);
        try (Reconciliations reconciliations = new Reconciliations(wrong)) {
            ApplicationFailure failure = failure(() -> reconciliations.end(fluxAt("default")));

            assertThat(failure.getType()).isEqualTo(FailureType.CLUSTER_REFUSED.wireName());
        }
    }

    @Test
    void doesNotGoToMetadataServices() {
        String wrong = cluster.kubeconfig().replaceAll("https://127.0.0.1:\\d+", "https://169.254.169.254");
        try (Reconciliations reconciliations = new Reconciliations(wrong)) {
            ApplicationFailure failure = failure(() -> reconciliations.end(fluxAt("default")));

            assertThat(failure.getType()).isEqualTo(FailureType.ADDRESS_NOT_ALLOWED.wireName());
            assertThat(failure.isNonRetryable()).isTrue();
        }
    }

    @Test
    void saysThatNobodyKnowsTheHostOfTheServer() {
        String wrong = cluster.kubeconfig().replace("https://127.0.0.1", "https://cluster.invalid");
        try (Reconciliations reconciliations = new Reconciliations(wrong)) {
            ApplicationFailure failure = failure(() -> reconciliations.end(fluxAt("default")));

            assertThat(failure.getType()).isEqualTo(FailureType.CLUSTER_UNAVAILABLE.wireName());
            assertThat(failure.isNonRetryable())
                    .as("it may be known in a moment")
                    .isFalse();
            assertThat(failure.getOriginalMessage())
                    .contains("could not resolve the host")
                    .contains("cluster.invalid");
        }
    }

    @Test
    void goesOnAfterTheApiServerWasKilled() throws Exception {
        String namespace = cluster.namespace("outage");
        try (ChartRepository charts = ChartRepository.start(cluster.folder(namespace));
                Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            Instant pushed = Instant.now();
            String commit = charts.push("1.0.0", "shop:1.0");
            var watched = watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed);
            String seen = ((Observation.Progressing) reconciliations.next(watched, null)).summary();
            CompletableFuture<Observation> next =
                    CompletableFuture.supplyAsync(() -> reconciliations.next(watched, seen));

            cluster.killApi();

            ApplicationFailure failure = failure(() -> next.get(60, TimeUnit.SECONDS));
            assertThat(failure.getType()).isEqualTo(FailureType.CLUSTER_UNAVAILABLE.wireName());
            assertThat(failure.isNonRetryable()).isFalse();
            cluster.startApi();
            cluster.helm("install", "shop", charts.chart().toString(), "-n", namespace)
                    .expect(0);
            assertThat(reconciliations.end(watched)).isInstanceOf(Observation.Ready.class);
        }
    }

    @Test
    void callsNothingReadyByWhatConnectionsShowedThatDiedSilently() throws Exception {
        String namespace = cluster.namespace("stale");
        int api = URI.create(cluster.server()).getPort();
        try (ChartRepository charts = ChartRepository.start(cluster.folder(namespace));
                FreezingProxy proxy = new FreezingProxy(api);
                Reconciliations reconciliations = new Reconciliations(
                        cluster.kubeconfig().replace("127.0.0.1:" + api, "127.0.0.1:" + proxy.port()))) {
            Instant pushed = Instant.now();
            String commit = charts.push("1.0.0", "shop:1.0");
            cluster.helm("install", "shop", charts.chart().toString(), "-n", namespace)
                    .expect(0);
            var watched = watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed);
            assertThat(reconciliations.end(watched)).isInstanceOf(Observation.Ready.class);

            proxy.freeze();
            cluster.kubectl("set", "image", "deployment/shop", "*=shop:bad", "-n", namespace);

            assertThat(endOnceItAnswers(reconciliations, watched)).isInstanceOf(Observation.Broken.class);
        }
    }

    @Test
    void stopsWhenItIsCanceled() {
        String namespace = cluster.namespace("cancel");
        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            var watched = fluxAt(namespace);
            String seen = ((Observation.Progressing) reconciliations.next(watched, null)).summary();
            CompletableFuture<Observation> next =
                    CompletableFuture.supplyAsync(() -> reconciliations.next(watched, seen));

            reconciliations.cancel();

            await().atMost(Stack.SOON).until(next::isDone);
            assertThat(catchThrowableOfType(CompletionException.class, next::join))
                    .hasRootCauseInstanceOf(CanceledFailure.class);
        }
    }

    /** As Temporal does: tries again while the cluster is away. */
    private static Observation endOnceItAnswers(Reconciliations reconciliations, Watched watched) {
        while (true) {
            try {
                return reconciliations.end(watched);
            } catch (ActivityFailure e) {
                assertThat(e)
                        .cause()
                        .asInstanceOf(type(ApplicationFailure.class))
                        .extracting(ApplicationFailure::getType)
                        .isEqualTo(FailureType.CLUSTER_UNAVAILABLE.wireName());
            }
        }
    }

    private static Watched fluxAt(String namespace) {
        return watched(Reconciler.FLUX, namespace, "1.0.0", COMMIT, Instant.now());
    }

    private static ApplicationFailure failure(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        while (thrown != null && !(thrown instanceof ActivityFailure) && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return assertThat(thrown)
                .cause()
                .asInstanceOf(type(ApplicationFailure.class))
                .actual();
    }
}
