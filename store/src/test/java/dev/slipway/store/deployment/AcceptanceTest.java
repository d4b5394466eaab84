package dev.slipway.store.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.NewDeployments;
import dev.slipway.store.release.ReleaseStore;
import dev.slipway.store.timeline.TimelineStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class AcceptanceTest {
    @Autowired
    private Acceptance acceptance;

    @Autowired
    private NewDeployments newDeployments;

    @Autowired
    private DeploymentStore deployments;

    @Autowired
    private DeploymentIndex index;

    @Autowired
    private Outbox outbox;

    @Autowired
    private IdempotencyKeys keys;

    @Autowired
    private EnvironmentStore environments;

    @Autowired
    private ReleaseStore releases;

    @Autowired
    private TimelineStore timeline;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @BeforeEach
    void declare() {
        environments.apply(List.of(Samples.environment("staging", Concurrency.QUEUE, 3)));
        releases.create(Samples.release("web@v1", 1));
    }

    @Test
    void givesFiftyParallelRepetitionsOfARequestTheSameAnswer() throws Exception {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        Callable<Void> request = () -> {
            String id = "rep" + Long.toString(Thread.currentThread().threadId(), 36) + "0000";
            answers.add(accept(new IdempotencyKey("operator", "same", "hash"), id, "staging")
                    .response());
            return null;
        };

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, 50).mapToObj(_ -> request).toList())) {
                done.get();
            }
        }

        assertThat(answers).hasSize(1);
        assertThat(index.list(new DeploymentFilter(null, null, null, null, 100)))
                .filteredOn(deployment -> deployment.id().value().startsWith("rep"))
                .hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        accept(new IdempotencyKey("operator", "reused", "a"), "key1", "staging");

        assertThatThrownBy(() -> accept(new IdempotencyKey("operator", "reused", "b"), "key2", "staging"))
                .satisfies(e -> assertType(e, FailureType.IDEMPOTENCY_KEY_REUSED));
        assertThat(deployments.find(new DeploymentId("key2"))).isEmpty();
    }

    @Test
    void takesTheKeyOfAnotherCallerForAnotherKey() {
        Answer ours = accept(new IdempotencyKey("operator", "shared", "a"), "caller1", "staging");
        Answer theirs = accept(new IdempotencyKey("a job", "shared", "b"), "caller2", "staging");

        assertThat(ours.response()).isEqualTo("response caller1");
        assertThat(theirs.response()).isEqualTo("response caller2");
    }

    @Test
    void freesAKeyForItsCallerOnly() {
        IdempotencyKey ours = new IdempotencyKey("operator", "freed", "a");
        IdempotencyKey theirs = new IdempotencyKey("a job", "freed", "a");
        accept(ours, "freed1", "staging");
        accept(theirs, "freed2", "staging");

        keys.release(ours);

        assertThat(keys.find(ours)).isEmpty();
        assertThat(keys.find(theirs)).isPresent();
    }

    @Test
    void leavesAKeyFreeWhoseRequestWasRefused() {
        IdempotencyKey key = new IdempotencyKey("operator", "again", "a");
        assertThatThrownBy(() -> accept(key, "again1", "nowhere"))
                .satisfies(e -> assertType(e, FailureType.UNKNOWN_ENVIRONMENT));

        assertThat(accept(key, "again2", "staging").response()).isEqualTo("response again2");
    }

    @Test
    void keepsHowADeploymentIsStartedUntilItHasBegun() {
        DeploymentId waits = accept("outbox1").deployment();
        DeploymentId begins = accept("outbox2").deployment();
        DeploymentId ends = accept("outbox3").deployment();
        assertThat(outbox.find(begins)).contains("{\"never\":true}");

        tell(begins, Change.to(DeploymentStatus.PREPARING));
        tell(ends, new Change.Ended(DeploymentStatus.CANCELED.wireName(), null));
        outbox.clear();

        assertThat(outbox.find(waits)).isPresent();
        assertThat(outbox.find(begins)).isEmpty();
        assertThat(outbox.find(ends)).isEmpty();
        assertThat(jdbc.sql("select deployment from outbox where deployment like 'outbox%'")
                        .query(String.class)
                        .list())
                .containsExactly("outbox1");
    }

    private Answer accept(String id) {
        return accept(null, id, "staging");
    }

    private Answer accept(@Nullable IdempotencyKey key, String id, String environment) {
        return Samples.accept(acceptance, newDeployments, key, Samples.deployment(id, environment, "web@v1"));
    }

    private void tell(DeploymentId id, Change change) {
        timeline.append(
                id, List.of(new TimelineEvent("next", Instant.now(), change, Message.text("step"), Actor.OPERATOR)));
    }

    private static void assertType(Throwable thrown, FailureType type) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(type));
    }
}
