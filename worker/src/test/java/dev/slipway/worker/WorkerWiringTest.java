package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.secret.MasterKey;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.gitops.IacRepositoryActivities;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What runs on which queue, with the slots that {@code slipway-worker.yml} gives to each. */
@SpringBootTest(
        classes = WorkerWiringTest.Wiring.class,
        properties = {"spring.config.import=classpath:slipway-worker.yml", "spring.temporal.test-server.enabled=true"})
class WorkerWiringTest {
    private static final int UNDER_WATCH = 500;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    // It ends with the JVM.
    private static final EmbeddedPostgres POSTGRES = start();

    @Autowired
    private WorkflowClient client;

    @Autowired
    private SilentCluster cluster;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
        properties.add("spring.datasource.username", () -> "postgres");
    }

    @Test
    void pushesWhileHundredsOfChartsAreUnderWatch() throws InterruptedException {
        WorkerFactory workers = WorkerFactory.newInstance(client);
        workers.newWorker("test").registerWorkflowImplementationTypes(WatchWorkflow.class, PushWorkflow.class);
        workers.start();
        try {
            WorkflowClient.start(client.newWorkflowStub(Watch.class, options())::run);
            cluster.underWatch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(cluster.underWatch.getCount())
                    .as("charts that wait for a slot to be watched")
                    .isZero();

            assertThat(client.newWorkflowStub(PushOne.class, options()).run()).isZero();
        } finally {
            cluster.end.countDown();
            workers.shutdownNow();
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setTaskQueue("test")
                .setWorkflowExecutionTimeout(LIMIT)
                .build();
    }

    @WorkflowInterface
    public interface Watch {
        @WorkflowMethod
        void run();
    }

    /** Watches {@value #UNDER_WATCH} charts. */
    public static final class WatchWorkflow implements Watch {
        @Override
        public void run() {
            ReconciliationActivities activities =
                    Workflow.newActivityStub(ReconciliationActivities.class, activity(TaskQueues.WATCH));
            Promise.allOf(IntStream.range(0, UNDER_WATCH)
                            .mapToObj(_ -> Async.function(
                                    activities::observe,
                                    new ReconciliationActivities.Observe(watched(), Instant.EPOCH, null)))
                            .toList())
                    .get();
        }
    }

    @WorkflowInterface
    public interface PushOne {
        @WorkflowMethod
        int run();
    }

    public static final class PushWorkflow implements PushOne {
        @Override
        public int run() {
            return Workflow.newActivityStub(IacRepositoryActivities.class, activity(TaskQueues.CONTROL_PLANE))
                    .push(new IacRepositoryActivities.Push(repository(), List.of()))
                    .outcomes()
                    .size();
        }
    }

    private static ActivityOptions activity(String queue) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(queue)
                .setScheduleToCloseTimeout(LIMIT)
                .build();
    }

    private static ReconciliationActivities.Watched watched() {
        return new ReconciliationActivities.Watched(
                new Cluster("prod", "kubeconfig"),
                Reconciler.FLUX,
                "apps",
                "shop",
                "shop",
                "charts/shop",
                "1.0.0",
                "0123456789012345678901234567890123456789",
                "main",
                Instant.EPOCH,
                false);
    }

    private static IacRepository repository() {
        return new IacRepository(
                "iac",
                GitRemote.parse("url", "https://git.example.com/iac"),
                "main",
                null,
                IacRepository.Person.SLIPWAY,
                null,
                List.of(),
                null);
    }

    /** One in which nothing changes. */
    static final class SilentCluster implements ReconciliationActivities {
        private final CountDownLatch underWatch = new CountDownLatch(UNDER_WATCH);
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public Observation observe(Observe input) {
            underWatch.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Observation.Progressing("nothing new");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(WorkerConfiguration.class)
    static class Wiring {
        private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

        @Bean
        DataConverter payloads() {
            return Payloads.encrypted(PayloadKey.ofBase64(KEY));
        }

        @Bean
        MasterKey masterKey() {
            return MasterKey.ofBase64(KEY);
        }

        @Bean
        SilentCluster reconciliationActivities() {
            return new SilentCluster();
        }

        @Bean
        IacRepositoryActivities iacRepositoryActivities() {
            return new IacRepositoryActivities() {
                @Override
                public Pushed push(Push input) {
                    return new Pushed(List.of());
                }

                @Override
                public Pushed find(Push input) {
                    return new Pushed(List.of());
                }
            };
        }
    }
}
