package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.DeploymentStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One deployment, from its turn in the environment to its end. What can be stopped runs in one scope; the end does not. */
final class Deployment {
    private final DeploymentInput input;
    private final Orders orders;
    private final Story story;
    private final Admission admission;
    private final TargetSteps steps;
    private final Touched touched;
    private final Rollout rollout;
    private final Progress made;

    Deployment(DeploymentInput input, Orders orders) {
        this.input = input;
        this.orders = orders;
        made = Optional.ofNullable(input.progress()).orElse(Progress.NONE);
        if (made.paused()) {
            orders.pause();
        }
        story = new Story(input.deployment(), made.status());
        admission = new Admission(input);
        steps = new TargetSteps(input.deployment(), input.environment(), made.epoch(), made.steps());
        touched = Touched.of(made.touched());
        rollout = new Rollout(input, story, orders, steps, touched, admission, made);
    }

    DeploymentState state() {
        return new DeploymentState(
                story.status(),
                story.waiting(),
                story.failure(),
                rollout.next(),
                rollout.tally().failed());
    }

    void admitted(long epoch) {
        admission.admitted(epoch);
    }

    void rejected(String holder) {
        admission.rejected(holder);
    }

    /** A held deployment leaves its targets to its successor; one that is at work brings them back first. */
    void superseded(String by) {
        String reason = "Superseded by " + by + ".";
        Failure failure = story.failure();
        orders.stop(
                story.status() == DeploymentStatus.FAILED && failure != null
                        ? new Ending.GivenUp(failure, reason)
                        : new Ending.Canceled(reason));
    }

    DeploymentResult run() {
        story.begin();
        Ending ending = made.ending() == null ? rollOut() : made.ending();
        DeploymentResult[] result = new DeploymentResult[1];
        Workflow.newDetachedCancellationScope(() -> result[0] = end(ending)).run();
        return answer(result[0]);
    }

    private Ending rollOut() {
        Ending[] ending = new Ending[1];
        CancellationScope stoppable = Workflow.newCancellationScope(() -> ending[0] = untilItEnds());
        orders.stopsBy(stoppable);
        try {
            stoppable.run();
            return ending[0];
        } catch (CanceledFailure e) {
            return stopped();
        } catch (ActivityFailure e) {
            if (stoppable.isCancelRequested()) {
                return stopped();
            }
            throw e;
        }
    }

    private Ending stopped() {
        return orders.stop().orElseGet(() -> new Ending.Canceled("Canceled in Temporal."));
    }

    private Ending untilItEnds() {
        if (story.status() == DeploymentStatus.PENDING) {
            Optional<Failure> refused = admission.await();
            if (refused.isPresent()) {
                return new Ending.Failed(refused.get());
            }
            steps.admit(admission.epoch());
            awaitResumed();
            story.moveTo(DeploymentStatus.PREPARING, "It is its turn in \"" + input.environment() + "\".");
            story.moveTo(DeploymentStatus.RUNNING, input.targets() + " target(s), " + plan() + ".");
        }
        while (!rollout.isDone()) {
            awaitResumed();
            continueAsNewIfSuggested(null, Progress.Held.NONE);
            Optional<Ending> ending =
                    story.status() == DeploymentStatus.COMPLETING ? rollout.lookAgainAtBatch() : rollout.runBatch();
            if (ending.isPresent()) {
                return ending.get();
            }
            completeOnceDone();
        }
        return new Ending.Completed(rollout.tally().summary(input.release().toString(), input.targets()));
    }

    private void completeOnceDone() {
        if (rollout.isDone() && story.status() == DeploymentStatus.RUNNING) {
            awaitResumed();
            story.moveTo(DeploymentStatus.COMPLETING, "Every target has had its turn.");
            rollout.beginToLookAgain();
        }
    }

    void pause(String reason) {
        if (!orders.paused() && story.status().canBePaused()) {
            orders.pause();
            story.wait(true, reason);
        }
    }

    void resume(String reason) {
        if (orders.paused()) {
            orders.resume();
            if (story.status().canBePaused()) {
                story.wait(false, reason);
            }
        }
    }

    private void awaitResumed() {
        if (orders.paused() && !story.waiting()) {
            story.wait(true, "It is paused; no further target is begun.");
        }
        orders.awaitResumed();
    }

    private String plan() {
        int batch = input.strategy().batchEnd(0, input.targets());
        return batch == input.targets() ? "all at once" : batch + " at a time";
    }

    /**
     * The environment hears first that it is over: once Temporal has written that down, nothing that arrives at the same
     * moment changes the end any more, and only then is it told. Whoever sees it may deploy again.
     */
    private DeploymentResult end(Ending ending) {
        End end = switch (ending) {
            case Ending.Completed completed -> new End(DeploymentStatus.COMPLETED, null, completed.reason());
            case Ending.GivenUp givenUp -> new End(DeploymentStatus.FAILED, givenUp.failure(), givenUp.reason());
            case Ending.Failed failed -> undo(failed, DeploymentStatus.ROLLED_BACK, failed.failure());
            case Ending.Canceled canceled -> undo(canceled, DeploymentStatus.CANCELED, null);
            case Ending.RolledBack rolledBack -> undo(rolledBack, DeploymentStatus.ROLLED_BACK, null);
        };
        admission.leave();
        if (story.status() == end.status()) {
            story.wait(false, end.reason());
        } else {
            story.moveTo(end.status(), false, end.failure(), end.reason());
        }
        story.end(end.reason());
        story.flush();
        return new DeploymentResult(end.status(), end.reason());
    }

    private End undo(Ending ending, DeploymentStatus undone, @Nullable Failure failure) {
        boolean restoring = story.status() == DeploymentStatus.ROLLING_BACK;
        if (touched.isEmpty() && !restoring) {
            return new End(
                    failure == null ? DeploymentStatus.CANCELED : DeploymentStatus.FAILED, failure, ending.reason());
        }
        if (!restoring) {
            story.moveTo(DeploymentStatus.ROLLING_BACK, false, failure, ending.reason());
        }
        Restoration restoration = new Restoration(input.deployment(), steps, story, touched, made.held());
        while (!restoration.isDone()) {
            continueAsNewIfSuggested(ending, restoration.held());
            restoration.restoreSome();
        }
        if (restoration.held().isEmpty()) {
            return new End(undone, failure, ending.reason());
        }
        Failure held = restoration.failure(ending.reason());
        return new End(DeploymentStatus.FAILED, held, held.message());
    }

    private DeploymentResult answer(DeploymentResult result) {
        Failure failure = story.failure();
        if (result.status() == DeploymentStatus.FAILED && failure != null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    failure.message(), failure.type().wireName());
        }
        if (result.status() == DeploymentStatus.CANCELED
                && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(result.reason());
        }
        return result;
    }

    private void continueAsNewIfSuggested(@Nullable Ending ending, Progress.Held held) {
        if (!Workflow.getInfo().isContinueAsNewSuggested()) {
            return;
        }
        story.flush();
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.continueAsNew(input.after(new Progress(
                story.status(),
                steps.epoch(),
                steps.steps(),
                rollout.next(),
                rollout.tally().changed(),
                rollout.tally().skipped(),
                touched.groups(),
                orders.paused(),
                ending,
                held)));
    }

    /** How it comes out, before it is told. */
    private record End(DeploymentStatus status, @Nullable Failure failure, String reason) {}
}
