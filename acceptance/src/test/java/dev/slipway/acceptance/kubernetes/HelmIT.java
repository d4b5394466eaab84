package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.FluxIT.broken;
import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of a release that something else installs with Helm. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class HelmIT {
    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private ChartRepository charts;
    private Reconciliations reconciliations;

    @BeforeEach
    void begin() throws IOException {
        namespace = cluster.namespace("helm");
        charts = ChartRepository.start(cluster.folder(namespace));
        reconciliations = new Reconciliations(cluster.kubeconfig());
    }

    @AfterEach
    void end() {
        reconciliations.close();
        charts.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void isReadyWhenThePodsAre() throws IOException {
        Instant pushed = Instant.now();
        String commit = charts.push("1.0.0", "shop:1.0");
        helm("--set", "readyDelay=3s").expectSuccess();

        Observation observation = reconciliations.end(watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed));

        assertThat(observation)
                .isEqualTo(new Observation.Ready("Helm release " + namespace + "/shop is at shop 1.0.0 (revision 1)"));
        assertThat(reconciliations.summaries()).anyMatch(summary -> summary.startsWith("Deployment shop 0 of 2 ready"));
    }

    @Test
    void waitsForTheVersionOfTheCommit() throws IOException {
        charts.push("1.0.0", "shop:1.0");
        helm().expectSuccess();
        String commit = charts.push("1.1.0", "shop:1.1");

        Observation observation =
                reconciliations.next(watched(Reconciler.HELM, namespace, "1.1.0", commit, Instant.now()), null);

        assertThat(observation)
                .isEqualTo(new Observation.Progressing("Helm release " + namespace
                        + "/shop is at shop 1.0.0 (revision 1), not yet at shop 1.1.0 of this commit"));
    }

    @Test
    void tellsWhyAnUpgradeFailed() throws IOException {
        charts.push("1.0.0", "shop:1.0");
        helm().expectSuccess();
        Instant pushed = Instant.now();
        String commit =
                charts.push("1.1.0", "shop:1.1", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Not_A_Name}");
        helm();

        broken(reconciliations.end(watched(Reconciler.HELM, namespace, "1.1.0", commit, pushed)))
                .contains("Helm release " + namespace + "/shop failed at shop 1.1.0 (revision 2)")
                .contains("Not_A_Name");
    }

    @Test
    void tellsOfAHookThatFailed() throws IOException {
        Instant pushed = Instant.now();
        String commit = charts.push("1.0.0", "shop:1.0", """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: migrate
                  labels: {app.kubernetes.io/instance: shop}
                  annotations: {helm.sh/hook: pre-install}
                spec:
                  activeDeadlineSeconds: 1
                  template:
                    spec: {restartPolicy: Never, containers: [{name: app, image: "shop:bad-hook"}]}""");
        helm("--timeout", "30s");

        broken(reconciliations.end(watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed)))
                .contains("pre-install")
                .contains("Job migrate has failed");
    }

    @Test
    void tellsOfAQuotaThatIsExceeded() throws IOException {
        cluster.kubectl("create", "quota", "few", "-n", namespace, "--hard=pods=1");
        Instant pushed = Instant.now();
        String commit = charts.push("1.0.0", "shop:1.0");
        helm().expectSuccess();

        broken(reconciliations.end(watched(Reconciler.HELM, namespace, "1.0.0", commit, pushed)))
                .startsWith("Deployment shop ")
                .contains("exceeded quota: few");
    }

    /** Waits for nothing: that is what is watched. */
    private Ended helm(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("upgrade", "--install", "shop", charts.chart().toString(), "-n", namespace));
        arguments.addAll(List.of(more));
        return new Ended(cluster.helm(arguments.toArray(String[]::new)));
    }

    private record Ended(Command.Result result) {
        void expectSuccess() {
            result.expect(0);
        }
    }
}
