package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IacRepositoryWorkflowTest extends GitOpsTest {
    @Test
    void pushesTogetherWhatWaitsAndKeepsTheOrder() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(20, gate);

        gate.open();

        assertThat(started)
                .allSatisfy(
                        deployment -> assertThat(deployment.result().status()).isEqualTo(DEPLOYED));
        assertThat(rig.git.pushes()).hasSize(2);
        assertThat(rig.git.log())
                .isEqualTo(IntStream.rangeClosed(1, 21)
                        .mapToObj("dep%04d"::formatted)
                        .toList());
    }

    @Test
    void pushesToOneDeclarationAtATime() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second = rig.order("1.0.0")
                .environment("production")
                .repository(rig.iac("production"))
                .start();
        rig.awaitQueued(2);
        GitOpsRig.Started third = rig.order("1.1.0").path("charts/other").start();
        rig.awaitQueued(3);

        gate.open();

        List.of(first, second, third).forEach(GitOpsRig.Started::result);
        assertThat(rig.git.pushes().stream().map(push -> push.repository().branch()))
                .containsExactly("main", "production", "main");
    }

    @Test
    void keepsNoOtherBackWhereOneIsRefused() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(3, gate);
        rig.git.refuse(started.get(2).id);

        gate.open();

        assertThat(failureOf(started.get(2)).getType()).isEqualTo(FailureType.INVALID_CHART.wireName());
        assertThat(started.get(3).result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002", "dep0004");
    }

    @Test
    void refusesAllWhereNothingCanBePushed() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(2, gate);
        rig.git.fail(FailureType.PUSH_REJECTED);

        gate.open();

        assertThat(started).allSatisfy(deployment -> {
            ApplicationFailure failure = failureOf(deployment);
            assertThat(failure.getType()).isEqualTo(FailureType.PUSH_REJECTED.wireName());
            assertThat(failure.getOriginalMessage()).isEqualTo("It says PushRejected");
        });
        assertThat(rig.git.pushes()).hasSize(2);
    }

    @Test
    void triesAgainUntilTheRepositoryIsBack() {
        GitOpsRig.Started deployment = startWhileDown();

        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void doesNotLetARemoteThatIsAwayKeepUpWhatGoesToItsCorrectedAddress() {
        IacRepository mistaken = rig.iac("https://gti.example.com/iac", "main");
        rig.git.isAway(mistaken.remote());
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started lost = rig.order("1.0.0").repository(mistaken).start();
        gate.awaitReached();
        GitOpsRig.Started corrected =
                rig.order("1.0.1").environment("corrected").start();
        rig.awaitQueued(2);

        gate.open();

        assertThat(corrected.result().status()).isEqualTo(DEPLOYED);
        assertThat(failureOf(lost).getOriginalMessage())
                .contains("https://gti.example.com/iac did not answer, and deployment dep0002 was pushed");
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void givesUpAfterAnHourAndPushesNothingLater() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);

        ApplicationFailure failure = failureOf(rig.order("1.0.0").start());

        assertThat(failure.getType()).isEqualTo(FailureType.GIT_UNAVAILABLE.wireName());
        assertThat(failure.getOriginalMessage())
                .startsWith("Could not push to iac (https://git.example.com/iac) within 60 minutes: ")
                .contains("It says GitUnavailable", "Slipway-Deployment: dep0001");
        rig.git.recover();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void queuesAChangeOnceHoweverOftenItIsAskedFor() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.startBehind(1, gate).getLast();
        IacRepositoryWorkflow.State queued = rig.repository().state();

        queued.queue().forEach(rig.repository()::enqueue);
        queued.queue().forEach(rig.repository()::enqueue);
        gate.open();
        deployment.awaitStatus(DEPLOYED);
        queued.queue().forEach(rig.repository()::enqueue);
        rig.order("2.0.0").run();

        assertThat(rig.git.pushes().stream().map(push -> push.changes().size())).containsExactly(1, 1, 1);
    }

    @Test
    void doesNotMakeWhatWasWithdrawnHoweverLateItIsAskedFor() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started waiting = rig.startBehind(1, gate).getLast();
        IacRepositoryWorkflow.Change change = rig.repository().state().queue().getLast();
        waiting.cancel("not today");
        assertThat(waiting.result().status()).isEqualTo(CANCELED);

        rig.repository().enqueue(change);
        rig.repository().withdraw(change);
        rig.repository().enqueue(change);
        gate.open();
        rig.order("2.0.0").run();

        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void isMendedByAReminderWhereItWasTerminated() {
        GitOpsRig.Started deployment = startWhileDown();

        WorkflowStub.fromTyped(rig.repository()).terminate("by mistake");
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void isMendedByAReminderWhereItWasCanceled() {
        GitOpsRig.Started deployment = startWhileDown();

        WorkflowStub.fromTyped(rig.repository()).cancel();
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    /** A deployment whose push has been tried in vain, in the middle of the pause before the next try. */
    private GitOpsRig.Started startWhileDown() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        rig.awaitPushes(1);
        // The pauses are of 1, 2, 4, 8, 16, and then of 30 seconds. The in-memory server never skips time again after
        // the end of
        // a workflow whose activity was running.
        temporal.sleep(Duration.ofSeconds(75));
        rig.awaitNoPush();
        return deployment;
    }

    @Test
    void doesNotClaimToKnowWhatATerminatedQueueHasMade() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        WorkflowStub.fromTyped(rig.repository()).terminate("by mistake");

        deployment.cancel("not today");

        assertThat(deployment.result().message().toString())
                .contains("Nothing is known to have been pushed", "it is unknown whether the change was pushed");
        gate.open();
    }

    @Test
    void goesOnFromAChangeThatAnEarlierRunOfTheDeploymentQueued() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started deployment = rig.order("1.0.0")
                .path("charts/left")
                .start(known -> rig.repository()
                        .enqueue(new IacRepositoryWorkflow.Change(
                                rig.iac("main"),
                                Commits.replacing(
                                        rig.order("1.0.0").path("charts/left").input(known.id)))));
        rig.awaitQueued(2);

        gate.open();

        assertThat(first.result().status()).isEqualTo(DEPLOYED);
        assertThat(deployment.result().commit()).isEqualTo("c2");
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }

    @Test
    void leavesNoTimerBehind() {
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        deployment.awaitStatus(DEPLOYED);

        assertThat(leftTimers(deployment.history())).isEmpty();
        assertThat(leftTimers(rig.client
                        .fetchHistory(WorkflowIds.ofIacRepository(rig.name))
                        .getEvents()))
                .isEmpty();
    }

    /** By the ids of their events: those that were neither canceled nor fired. */
    private static List<Long> leftTimers(List<HistoryEvent> history) {
        List<Long> left = new ArrayList<>();
        for (HistoryEvent event : history) {
            switch (event.getAttributesCase()) {
                case TIMER_STARTED_EVENT_ATTRIBUTES -> left.add(event.getEventId());
                case TIMER_CANCELED_EVENT_ATTRIBUTES ->
                    left.remove(event.getTimerCanceledEventAttributes().getStartedEventId());
                case TIMER_FIRED_EVENT_ATTRIBUTES ->
                    left.remove(event.getTimerFiredEventAttributes().getStartedEventId());
                default -> {}
            }
        }
        return left;
    }
}
