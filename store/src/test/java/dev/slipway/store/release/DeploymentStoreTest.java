package dev.slipway.store.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.message.Message;
import dev.slipway.core.project.Environment;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.TaskReference;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Columns;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentFilter;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.timeline.TimelineStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class DeploymentStoreTest {
    @Autowired
    private Acceptance acceptance;

    @Autowired
    private NewDeployments newDeployments;

    @Autowired
    private DeploymentStore deployments;

    @Autowired
    private DeploymentIndex index;

    @Autowired
    private EnvironmentStore environments;

    @Autowired
    private ReleaseStore releases;

    @Autowired
    private TimelineStore timeline;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @BeforeEach
    void declare() {
        environments.apply(List.of(
                Samples.environment("staging", Concurrency.QUEUE, 3),
                Samples.environment("strict", Concurrency.REJECT, 1)));
        releases.create(Samples.release("web@v1", 1));
        releases.create(Samples.release("web@v2", 2));
    }

    @Test
    void snapshotsTheTargetsAsTheyAreDeclaredNow() {
        Environment declared = environments.find("staging").orElseThrow();

        accept(Samples.deployment("snap1", "staging", "web@v1"));
        Deployment deployment = find("snap1");
        environments.apply(List.of(Samples.environment("staging", Concurrency.REJECT, 1)));

        assertThat(deployment.status()).isEqualTo(DeploymentStatus.PENDING);
        assertThat(deployments.find(deployment.id())).contains(deployment);
        assertThat(deployments.findPlan(deployment.id(), List.of(1, 2)))
                .extracting(task -> specification(deployment.id(), task.target()))
                .isEqualTo(declared.targets().subList(1, 3).stream()
                        .map(Columns::json)
                        .toList());
        assertThat(deployments.tasks(deployment.id()))
                .extracting(DeploymentTask::digest)
                .containsOnly(Samples.digest(1));
        assertThat(timeline.read(deployment.id(), 0, 10))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo("pending"));
    }

    @Test
    void readsTheTasksOfAPlanInTheOrderThatIsAskedFor() {
        DeploymentId id =
                accept(Samples.deployment("part1", "staging", "web@v1")).deployment();

        assertThat(deployments.findPlan(id, List.of(2, 0)))
                .extracting(TaskReference::index)
                .containsExactly(2, 0);
    }

    @Test
    void givesASpecificationToTheNodeOfItsTargetOnly() {
        DeploymentId id =
                accept(Samples.deployment("spec1", "staging", "web@v1")).deployment();
        TargetReference target = deployments.findPlan(id, List.of(0)).getFirst().target();

        assertThat(deployments.findSpecification(id, target.name(), target.node()))
                .isPresent();
        assertThat(deployments.findSpecification(id, target.name(), "another")).isEmpty();
        assertThat(deployments.findSpecification(id, "another", target.node())).isEmpty();
        assertThat(deployments.findSpecification(new DeploymentId("another"), target.name(), target.node()))
                .isEmpty();
    }

    private String specification(DeploymentId deployment, TargetReference target) {
        String text = deployments
                .findSpecification(deployment, target.name(), target.node())
                .orElseThrow();
        assertThat(Digest.of(text)).isEqualTo(target.specification());
        return text;
    }

    @Test
    void refusesASecondDeploymentWhereTheEnvironmentSaysSoAndNamesTheFirst() {
        accept(Samples.deployment("first", "strict", "web@v1"));

        assertThatThrownBy(() -> accept(Samples.deployment("second", "strict", "web@v2")))
                .satisfies(e -> assertType(e, FailureType.ENVIRONMENT_BUSY))
                .hasMessageContaining("first");

        end("first", DeploymentStatus.FAILED);
        accept(Samples.deployment("third", "strict", "web@v2"));
        end("third", DeploymentStatus.FAILED);
    }

    @Test
    void namesTheTargetWhoseComponentTheReleaseLacks() {
        environments.apply(List.of(
                new Environment("mixed", Concurrency.QUEUE, List.of(Samples.process("m1"), Samples.docker("m2")))));

        assertThatThrownBy(() -> accept(Samples.deployment("mixed", "mixed", "web@v1")))
                .satisfies(e -> assertType(e, FailureType.MISSING_COMPONENT))
                .hasMessageContaining("\"m2\"")
                .hasMessageContaining("\"api\"");
        assertThat(deployments.find(new DeploymentId("mixed"))).isEmpty();
    }

    @Test
    void findsADeploymentByTheBeginningOfItsId() {
        accept(Samples.deployment("prefix1", "staging", "web@v1"));
        accept(Samples.deployment("prefix12", "staging", "web@v1"));

        assertThat(find("prefix12").id().value()).isEqualTo("prefix12");
        assertThat(find("prefix1").id().value()).isEqualTo("prefix1");
        assertThatThrownBy(() -> find("pref")).hasMessageContaining("prefix1, prefix12");
        assertThatThrownBy(() -> find("none")).hasMessageContaining("no deployment");
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        environments.apply(List.of(Samples.environment("paged", Concurrency.QUEUE, 1)));
        List.of("page1", "page2", "page3").forEach(id -> accept(Samples.deployment(id, "paged", "web@v1")));

        List<DeploymentEntry> first = index.list(new DeploymentFilter(null, "paged", "pending", null, 2));
        List<DeploymentEntry> second = index.list(
                new DeploymentFilter(null, "paged", null, first.getLast().id(), 2));

        assertThat(first).extracting(d -> d.id().value()).containsExactly("page3", "page2");
        assertThat(second).extracting(d -> d.id().value()).containsExactly("page1");
    }

    @Test
    void rollsBackToTheLatestCompletedReleaseThatIsAnother() {
        environments.apply(List.of(Samples.environment("back", Concurrency.QUEUE, 1)));
        ReleaseReference second = ReleaseReference.parse("web@v2");
        accept(Samples.deployment("back1", "back", "web@v1"));
        assertThat(deployments.latestCompletedOther("back", second)).isEmpty();

        end("back1", DeploymentStatus.COMPLETED);
        accept(Samples.deployment("back2", "back", "web@v2"));
        end("back2", DeploymentStatus.COMPLETED);

        assertThat(deployments.latestCompletedOther("back", second)).contains(ReleaseReference.parse("web@v1"));
    }

    @Test
    void findsWhatHasNotEnded() {
        accept(Samples.deployment("open1", "staging", "web@v1"));
        accept(Samples.deployment("open2", "staging", "web@v1"));
        end("open1", DeploymentStatus.CANCELED);

        assertThat(index.unfinished(Duration.ZERO, new DeploymentId("open0"), 2))
                .extracting(d -> d.id().value())
                .startsWith("open2");
        assertThat(index.unfinished(Duration.ofMinutes(1), null, 100)).isEmpty();
    }

    private Answer accept(NewDeployment deployment) {
        return Samples.accept(acceptance, newDeployments, null, deployment);
    }

    private Deployment find(String prefix) {
        return deployments.findByPrefix(new DeploymentId(prefix));
    }

    private void move(String id, DeploymentStatus step) {
        timeline.append(
                new DeploymentId(id),
                List.of(new TimelineEvent(
                        step.name(), Instant.now(), Change.to(step), Message.text("step"), Actor.OPERATOR)));
    }

    private void end(String id, DeploymentStatus status) {
        List<DeploymentStatus> way = status == DeploymentStatus.COMPLETED
                ? List.of(DeploymentStatus.PREPARING, DeploymentStatus.RUNNING, DeploymentStatus.COMPLETING)
                : List.of();
        way.forEach(step -> move(id, step));
        timeline.append(
                new DeploymentId(id),
                List.of(new TimelineEvent(
                        "end",
                        Instant.now(),
                        new Change.Ended(status.wireName(), null),
                        Message.text("end"),
                        Actor.OPERATOR)));
    }

    private static void assertType(Throwable thrown, FailureType type) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(type));
    }
}
