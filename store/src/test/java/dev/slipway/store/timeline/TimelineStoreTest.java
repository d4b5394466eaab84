package dev.slipway.store.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.DeploymentTask;
import dev.slipway.store.release.NewDeployments;
import dev.slipway.store.release.ReleaseStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class TimelineStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure UNHEALTHY = new Failure(FailureType.UNHEALTHY, "status 500");

    private static int number;

    @Autowired
    private TimelineStore timeline;

    @Autowired
    private DeploymentStore deployments;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private NewDeployments newDeployments;

    @Autowired
    private EnvironmentStore environments;

    @Autowired
    private ReleaseStore releases;

    @Autowired
    private DataSource database;

    private DeploymentId id = new DeploymentId("none");

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @BeforeEach
    void accept() {
        environments.apply(List.of(Samples.environment("web", Concurrency.QUEUE, 2)));
        releases.create(Samples.release("web@v1", 1));
        id = new DeploymentId("time" + ++number);
        Samples.accept(acceptance, newDeployments, null, Samples.deployment(id.value(), "web", "web@v1"));
    }

    @Test
    void movesTheDeploymentAndItsTasksOnToTheEnd() {
        timeline.append(
                id, List.of(deployment(1, DeploymentStatus.PREPARING), deployment(2, DeploymentStatus.RUNNING)));
        timeline.append(
                id,
                List.of(
                        task(3, TaskStatus.QUEUED, null),
                        task(4, TaskStatus.DISPATCHED, null),
                        task(5, TaskStatus.RUNNING, null),
                        task(6, TaskStatus.FAILED, UNHEALTHY),
                        deployment(7, DeploymentStatus.FAILED)));
        timeline.append(
                id,
                List.of(
                        deployment(8, DeploymentStatus.ROLLING_BACK),
                        task(9, TaskStatus.ROLLED_BACK, null),
                        deployment(10, DeploymentStatus.ROLLED_BACK),
                        end(11, DeploymentStatus.ROLLED_BACK)));

        Deployment deployment = deployments.find(id).orElseThrow();
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.ROLLED_BACK);
        assertThat(deployment.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(deployment.endedAt()).isEqualTo(START.plusSeconds(11));
        assertThat(deployment.message()).hasToString("reason 11");
        DeploymentTask task = deployments.tasks(id).getFirst();
        assertThat(task.status()).isEqualTo(TaskStatus.ROLLED_BACK);
        assertThat(task.failure()).isEqualTo(UNHEALTHY);
        assertThat(task.previousDigest()).isEqualTo(Samples.digest(7));
        assertThat(task.startedAt()).isEqualTo(START.plusSeconds(4));
        assertThat(task.endedAt()).isEqualTo(START.plusSeconds(9));
        assertThat(timeline.read(id, 0, 100))
                .extracting(StoredEvent::sequence)
                .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(timeline.read(id, 11, 100))
                .singleElement()
                .satisfies(event -> assertThat(event.last()).isTrue());
    }

    @Test
    void tellsTheSameOnceTheStoryIsReplacedByItself() {
        List<List<TimelineEvent>> story = List.of(
                List.of(deployment(1, DeploymentStatus.PREPARING), deployment(2, DeploymentStatus.RUNNING)),
                List.of(
                        task(3, TaskStatus.QUEUED, null),
                        task(4, TaskStatus.DISPATCHED, null),
                        task(5, TaskStatus.RUNNING, null),
                        task(6, TaskStatus.FAILED, UNHEALTHY),
                        deployment(7, DeploymentStatus.FAILED)),
                List.of(end(8, DeploymentStatus.FAILED)));
        story.forEach(part -> timeline.append(id, part));
        Deployment deployment = deployments.find(id).orElseThrow();
        List<DeploymentTask> tasks = deployments.tasks(id);
        List<StoredEvent> events = timeline.read(id, 0, 100);

        timeline.replace(id, story.stream());

        assertThat(deployments.find(id)).contains(deployment);
        assertThat(deployments.tasks(id)).isEqualTo(tasks);
        assertThat(timeline.read(id, 0, 100)).isEqualTo(events);
    }

    @Test
    void believesWhatIsToldAgainAndOtherwise() {
        timeline.append(
                id, List.of(deployment(1, DeploymentStatus.PREPARING), deployment(2, DeploymentStatus.RUNNING)));
        timeline.append(id, List.of(deployment(3, DeploymentStatus.COMPLETING)));
        timeline.append(id, List.of(deployment(4, DeploymentStatus.COMPLETED), end(5, DeploymentStatus.COMPLETED)));

        timeline.append(id, List.of(deployment(3, DeploymentStatus.ROLLING_BACK)));

        Deployment deployment = deployments.find(id).orElseThrow();
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.ROLLING_BACK);
        assertThat(deployment.endedAt()).isNull();
        assertThat(deployment.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(timeline.read(id, 0, 100))
                .extracting(StoredEvent::status)
                .containsExactly("pending", "preparing", "running", "rolling_back");
        assertThat(timeline.read(id, 0, 100)).extracting(StoredEvent::sequence).containsExactly(1, 2, 3, 4);
    }

    @Test
    void forgetsWhatTheNewStoryDoesNotTell() {
        timeline.append(
                id,
                List.of(
                        deployment(1, DeploymentStatus.PREPARING),
                        task(2, TaskStatus.QUEUED, null),
                        deployment(3, DeploymentStatus.RUNNING)));

        timeline.replace(id, Stream.of(List.of(deployment(1, DeploymentStatus.PREPARING))));

        assertThat(deployments.find(id).orElseThrow().status()).isEqualTo(DeploymentStatus.PREPARING);
        assertThat(deployments.tasks(id))
                .allSatisfy(task -> assertThat(task.status()).isEqualTo(TaskStatus.PENDING));
        assertThat(timeline.read(id, 0, 100)).extracting(StoredEvent::sequence).containsExactly(1, 2);
    }

    @Test
    void cancelsWhatWasNeverBegunWhenTheDeploymentEnds() {
        timeline.append(id, List.of(deployment(1, DeploymentStatus.CANCELED), end(2, DeploymentStatus.CANCELED)));

        assertThat(deployments.tasks(id))
                .allSatisfy(task -> assertThat(task.status()).isEqualTo(TaskStatus.CANCELED));
    }

    @Test
    void cancelsWhatWasUnderWayWhenTheDeploymentEndsWithoutAWord() {
        timeline.append(
                id,
                List.of(
                        deployment(1, DeploymentStatus.PREPARING),
                        deployment(2, DeploymentStatus.RUNNING),
                        task(3, TaskStatus.QUEUED, null),
                        task(4, TaskStatus.DISPATCHED, null),
                        task(5, TaskStatus.RUNNING, null)));

        timeline.append(id, List.of(deployment(6, DeploymentStatus.FAILED), end(7, DeploymentStatus.FAILED)));

        DeploymentTask task = deployments.tasks(id).getFirst();
        assertThat(task.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(task.endedAt()).isEqualTo(START.plusSeconds(7));
    }

    @Test
    void keepsTheAttemptOfATargetThatIsBroughtBack() {
        timeline.append(
                id,
                List.of(
                        task(1, TaskStatus.QUEUED, null),
                        task(2, TaskStatus.DISPATCHED, null),
                        task(3, TaskStatus.RUNNING, null),
                        event(4, new Change.OfTask("web-1", TaskStatus.ROLLED_BACK, 0, null, null))));

        DeploymentTask task = deployments.tasks(id).getFirst();
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(task.previousDigest()).isEqualTo(Samples.digest(7));
    }

    @Test
    void passesOverEventsThatAreAlreadyThere() {
        List<TimelineEvent> events =
                List.of(deployment(1, DeploymentStatus.PREPARING), task(2, TaskStatus.QUEUED, null));

        timeline.append(id, events);
        timeline.append(id, events);
        timeline.append(id, List.of(events.get(1), events.get(1), deployment(3, DeploymentStatus.RUNNING)));

        assertThat(timeline.read(id, 0, 100)).extracting(StoredEvent::sequence).containsExactly(1, 2, 3, 4);
    }

    @Test
    void keepsAnEventThatTheTableRefusesButMovesNothing() {
        timeline.append(id, List.of(deployment(1, DeploymentStatus.COMPLETED), task(2, TaskStatus.SUCCEEDED, null)));

        assertThat(deployments.find(id).orElseThrow().status()).isEqualTo(DeploymentStatus.PENDING);
        assertThat(deployments.tasks(id).getFirst().status()).isEqualTo(TaskStatus.PENDING);
        assertThat(timeline.read(id, 0, 100)).hasSize(3);
    }

    @Test
    void endsADeploymentWhateverWasBelievedOfIt() {
        timeline.append(id, List.of(end(1, DeploymentStatus.COMPLETED), deployment(2, DeploymentStatus.PREPARING)));

        Deployment deployment = deployments.find(id).orElseThrow();
        assertThat(deployment.ended()).isTrue();
        assertThat(deployment.status()).isEqualTo(DeploymentStatus.PENDING);
    }

    @Test
    void tellsAWaitingDeploymentByItsPhaseUntilItEnds() {
        timeline.append(
                id, List.of(deployment(1, DeploymentStatus.PREPARING), deployment(2, DeploymentStatus.RUNNING)));
        timeline.append(
                id,
                List.of(new TimelineEvent(
                        "3",
                        START,
                        new Change.OfDeployment(DeploymentStatus.FAILED.wireName(), true, UNHEALTHY, null),
                        Message.text("held"),
                        Actor.OPERATOR)));

        assertThat(deployments.find(id).orElseThrow().phase()).isEqualTo(Phase.WAITING);
        assertThat(timeline.read(id, 3, 1).getFirst().phase()).isEqualTo("WAITING");

        timeline.append(id, List.of(end(4, DeploymentStatus.FAILED)));

        Deployment ended = deployments.find(id).orElseThrow();
        assertThat(ended.phase()).isEqualTo(Phase.FAILED);
        assertThat(ended.failure()).isEqualTo(UNHEALTHY);
    }

    @Test
    void numbersParallelAppendsWithoutAGap() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.rangeClosed(1, 40)
                    .forEach(i -> threads.execute(() -> timeline.append(
                            id, List.of(deployment(i, DeploymentStatus.PENDING), task(-i, TaskStatus.PENDING, null)))));
        }

        assertThat(timeline.read(id, 0, 100))
                .extracting(StoredEvent::sequence)
                .isEqualTo(IntStream.rangeClosed(1, 81).boxed().toList());
    }

    @Test
    void notifiesListenersOnceThatThereIsMoreToRead() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen " + TimelineStore.CHANNEL);

            timeline.append(
                    id, List.of(deployment(1, DeploymentStatus.PREPARING), deployment(2, DeploymentStatus.RUNNING)));

            PGNotification[] notifications =
                    connection.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(notifications).extracting(PGNotification::getParameter).containsExactly(id.value());
        }
    }

    private static TimelineEvent deployment(int sequence, DeploymentStatus status) {
        return event(sequence, Change.to(status));
    }

    private static TimelineEvent task(int sequence, TaskStatus status, @Nullable Failure failure) {
        return event(sequence, new Change.OfTask("web-1", status, 1, Samples.digest(7), failure));
    }

    private static TimelineEvent end(int sequence, DeploymentStatus status) {
        return event(sequence, new Change.Ended(status.wireName(), null));
    }

    private static TimelineEvent event(int sequence, Change change) {
        return new TimelineEvent(
                "run/" + sequence,
                START.plusSeconds(sequence),
                change,
                Message.text("reason " + sequence),
                Actor.OPERATOR);
    }
}
