package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.Reconciliations.inOwnCluster;
import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Stack;
import dev.slipway.activities.kubernetes.ServiceAccount;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.temporal.failure.ActivityFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster without a kubeconfig: the one that Slipway runs in, with the files that each pod is given. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class OwnClusterIT {
    private static final String RULES = "[{apiGroups: [\"\"], resources: [secrets, pods], verbs: [get, list, watch]},"
            + " {apiGroups: [apps], resources: [deployments, statefulsets, daemonsets, replicasets],"
            + " verbs: [get, list, watch]}, {apiGroups: [batch], resources: [jobs], verbs: [get, list, watch]}]";

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    @TempDir
    Path folder;

    private String namespace = "";
    private String account = "";

    @BeforeEach
    void begin() throws IOException {
        namespace = cluster.namespace("own");
        account = cluster.account(namespace, RULES);
        String authority = cluster.kubeconfig().replaceAll("(?s).*certificate-authority-data: ([^}]+)}.*", "$1");
        Files.write(folder.resolve("ca.crt"), Base64.getDecoder().decode(authority));
    }

    @Test
    void watchesWithTheAccountOfItsPod() throws IOException {
        mount(cluster.token(namespace, account));
        try (ChartRepository charts = ChartRepository.start(cluster.folder(namespace));
                Reconciliations reconciliations = reconciliations()) {
            Watched watched = released(charts);

            assertThat(reconciliations.end(watched)).isInstanceOf(Observation.Ready.class);
        }
    }

    @Test
    void takesTheNewTokenThatIsPutInThePlaceOfTheOld() throws IOException {
        cluster.kubectl("create", "secret", "generic", "first", "-n", namespace);
        mount(cluster.token(namespace, account, "--bound-object-kind=Secret", "--bound-object-name=first"));
        try (ChartRepository charts = ChartRepository.start(cluster.folder(namespace));
                Reconciliations reconciliations = reconciliations()) {
            Watched watched = inOwnCluster(
                    watched(Reconciler.HELM, namespace, "1.0.0", charts.push("1.0.0", "shop:1.0"), Instant.now()));
            assertThat(reconciliations.next(watched, null)).isInstanceOf(Observation.Progressing.class);
            cluster.kubectl("delete", "secret", "first", "-n", namespace);
            await("the end of the first token").atMost(Stack.SOON).until(() -> isRefused(reconciliations, watched));

            mount(cluster.token(namespace, account));

            assertThat(reconciliations.next(watched, null)).isInstanceOf(Observation.Progressing.class);
        }
    }

    private static boolean isRefused(Reconciliations reconciliations, Watched watched) {
        try {
            reconciliations.next(watched, null);
            return false;
        } catch (ActivityFailure e) {
            return true;
        }
    }

    private Watched released(ChartRepository charts) throws IOException {
        Instant pushed = Instant.now();
        String commit = charts.push("1.0.0", "shop:1.0");
        cluster.helm("install", "shop", charts.chart().toString(), "-n", namespace)
                .expect(0);
        return inOwnCluster(watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed));
    }

    private Reconciliations reconciliations() {
        return new Reconciliations("", new ServiceAccount(folder, cluster.server()));
    }

    /** As the kubelet does: at once. */
    private void mount(String token) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), token + "\n");
        Files.move(next, folder.resolve("token"), StandardCopyOption.ATOMIC_MOVE);
    }
}
