package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.kubernetes.KubernetesReconciliationActivities;
import dev.slipway.activities.kubernetes.ServiceAccount;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import dev.slipway.workflows.gitops.ReconciliationActivities.Observe;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What many charts under watch cost the API server of their cluster. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class SharedWatchIT {
    private static final int CHARTS = 500;
    private static final int NAMESPACES = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private KubernetesReconciliationActivities activities;
    private TestWorkflowEnvironment temporal;

    @BeforeEach
    void begin() {
        activities = new KubernetesReconciliationActivities(
                _ -> cluster.kubeconfig(), new AddressPolicy(List.of(), true), ServiceAccount.mounted("", ""));
        temporal = TestWorkflowEnvironment.newInstance();
        Worker worker = temporal.newWorker(
                "test",
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentActivityExecutionSize(CHARTS)
                        .build());
        worker.registerWorkflowImplementationTypes(CrowdWorkflow.class);
        worker.registerActivitiesImplementations(activities);
        temporal.start();
    }

    @AfterEach
    void end() {
        temporal.close();
        activities.close();
    }

    @Test
    void watchesFiveHundredChartsWithOneWatchForEachKindAndNamespace() {
        List<Watched> charts = charts();
        long before = watches();
        Crowd crowd = temporal.getWorkflowClient()
                .newWorkflowStub(
                        Crowd.class,
                        WorkflowOptions.newBuilder().setTaskQueue("test").build());

        WorkflowClient.start(crowd::watch, charts);

        await("a first look at each").atMost(LIMIT).until(() -> crowd.observations() == CHARTS);
        // There are no HelmReleases and no Kustomizations yet, so nothing else is asked for.
        assertThat(watches() - before).isEqualTo(2 * NAMESPACES);

        create(charts.getLast());

        await("news of the one that changed").atMost(LIMIT).until(() -> crowd.observations() == CHARTS + 1);
    }

    private static List<Watched> charts() {
        List<String> namespaces = IntStream.range(0, NAMESPACES)
                .mapToObj(i -> cluster.namespace("crowd-" + i))
                .toList();
        return IntStream.range(0, CHARTS)
                .mapToObj(i -> named("shop-" + i, namespaces.get(i % NAMESPACES)))
                .toList();
    }

    private static Watched named(String name, String namespace) {
        Watched shop = watched(Reconciler.FLUX, namespace, "1.0.0", "0".repeat(40), Instant.now());
        return new Watched(
                shop.cluster(),
                shop.reconciler(),
                shop.namespace(),
                name,
                shop.chart(),
                shop.path(),
                shop.version(),
                shop.commit(),
                shop.branch(),
                shop.pushedAt(),
                shop.nudge());
    }

    private static void create(Watched chart) {
        cluster.apply("""
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: %s, namespace: %s}
                spec:
                  interval: 1m
                  chart: {spec: {chart: charts/shop, sourceRef: {kind: GitRepository, name: none}}}
                """.formatted(chart.name(), chart.namespace()));
    }

    /** Of single namespaces, as the API server counts them; those of its controllers are of all namespaces. */
    private static long watches() {
        return cluster.kubectl("get", "--raw=/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_longrunning_requests{"))
                .filter(line -> line.contains("scope=\"namespace\"") && line.contains("verb=\"WATCH\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @WorkflowInterface
    public interface Crowd {
        @WorkflowMethod
        void watch(List<Watched> charts);

        @QueryMethod
        int observations();
    }

    /** Asks for news of each again and again. */
    public static final class CrowdWorkflow implements Crowd {
        private final ReconciliationActivities activities = Workflow.newActivityStub(
                ReconciliationActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(Duration.ofHours(1))
                        .build());

        private int observations;

        @Override
        public void watch(List<Watched> charts) {
            Promise.allOf(charts.stream()
                            .map(chart -> Async.procedure(this::follow, chart))
                            .toList())
                    .get();
        }

        private void follow(Watched chart) {
            @Nullable String seen = null;
            while (activities.observe(new Observe(chart, Instant.EPOCH, seen))
                    instanceof Observation.Progressing(var summary)) {
                seen = summary;
                observations++;
            }
        }

        @Override
        public int observations() {
            return observations;
        }
    }
}
