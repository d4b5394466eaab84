package dev.slipway.workflows.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.workflows.deployment.Admission;
import dev.slipway.workflows.deployment.ContinueAsNew;
import dev.slipway.workflows.deployment.Controlled;
import dev.slipway.workflows.deployment.DeploymentState;
import dev.slipway.workflows.deployment.DeploymentStory;
import dev.slipway.workflows.deployment.Lifecycle;
import dev.slipway.workflows.deployment.Order;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.deployment.Stop;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One deployment, from the lock of its environment to its end. */
final class Deployment implements Controlled {
    private final DeploymentInput input;
    private final Orders orders;
    private final DeploymentStory<DeploymentStatus> story;
    private final Lifecycle lifecycle;
    private final Admission admission;
    private final TargetSteps steps;
    private final Touched touched;
    private final Rollout rollout;
    private final Progress made;
    private @Nullable Restoration restoration;

    Deployment(DeploymentInput input) {
        this.input = input;
        made = Optional.ofNullable(input.progress()).orElse(Progress.NONE);
        orders = new Orders(made.paused());
        story = new DeploymentStory<>(input.deployment(), input.actor(), made.status());
        lifecycle = new Lifecycle(story);
        admission = new Admission(input.deployment(), input.environment(), input.concurrency());
        steps = new TargetSteps(input.deployment(), input.environment(), made.epoch(), made.steps());
        touched = Touched.of(made.touched());
        rollout = new Rollout(input, story, orders, steps, touched, admission, made);
    }

    DeploymentResult run() {
        story.begin();
        Ending before = made.ending();
        return answer(lifecycle.run(() -> before == null ? work() : before, this::stopped, this::end));
    }

    /** A held deployment leaves its targets to its successor; one that is at work restores them first. */
    private Ending stopped(Stop stop) {
        Failure failure = story.failure();
        return stop instanceof Stop.Superseded && story.status() == DeploymentStatus.FAILED && failure != null
                ? new Ending.GivenUp(failure, stop.message())
                : new Ending.Stopped(stop);
    }

    private Ending work() {
        if (story.status() == DeploymentStatus.PENDING) {
            Optional<Failure> refused = admission.await();
            if (refused.isPresent()) {
                return new Ending.Failed(refused.get());
            }
            steps.admit(admission.epoch());
            if (isPausedTooLong()) {
                return pausedTooLong();
            }
            story.moveTo(
                    DeploymentStatus.PREPARING,
                    DeploymentMessage.LOCK_ACQUIRED.with("environment", input.environment()));
            story.moveTo(DeploymentStatus.RUNNING, plan());
        }
        while (!rollout.isDone()) {
            if (isPausedTooLong()) {
                return pausedTooLong();
            }
            continueAsNewIfSuggested(null);
            Optional<Ending> ending =
                    story.status() == DeploymentStatus.COMPLETING ? rollout.lookAgainAtBatch() : rollout.runBatch();
            if (ending.isPresent()) {
                return ending.get();
            }
            if (rollout.isDone() && story.status() == DeploymentStatus.RUNNING) {
                if (isPausedTooLong()) {
                    return pausedTooLong();
                }
                story.moveTo(DeploymentStatus.COMPLETING, ReleaseMessage.ALL_TARGETS_UPDATED.with());
                rollout.beginToLookAgain();
            }
        }
        return new Ending.Completed(rollout.tally().summary(input.release().toString(), input.targets()));
    }

    private Message plan() {
        int batch = input.strategy().batchEnd(0, input.targets());
        return batch == input.targets()
                ? ReleaseMessage.ROLLOUT_ALL_AT_ONCE.with("targets", input.targets())
                : ReleaseMessage.ROLLOUT_IN_BATCHES.with("targets", input.targets(), "batch", batch);
    }

    private boolean isPausedTooLong() {
        if (orders.paused() && !story.waiting()) {
            story.report(true, DeploymentMessage.STILL_PAUSED.with(), input.actor());
        }
        return !orders.awaitResumed();
    }

    private static Ending pausedTooLong() {
        return new Ending.Stopped(new Stop.PausedTooLong(Orders.PAUSE_LIMIT.toDays()));
    }

    /**
     * The environment hears first that it is over: once Temporal has written that down, nothing that arrives at the same
     * moment changes the end any more, and only then is it reported. Whoever sees it may deploy again.
     */
    private DeploymentResult end(Ending ending) {
        End end = switch (ending) {
            case Ending.Completed completed -> new End(DeploymentStatus.COMPLETED, null, completed.message());
            case Ending.GivenUp givenUp -> new End(DeploymentStatus.FAILED, givenUp.failure(), givenUp.message());
            case Ending.Failed failed -> undo(failed, DeploymentStatus.ROLLED_BACK, failed.failure());
            case Ending.Stopped stopped ->
                undo(
                        stopped,
                        stopped.stop() instanceof Stop.Rollback
                                ? DeploymentStatus.ROLLED_BACK
                                : DeploymentStatus.CANCELED,
                        null);
        };
        admission.leave();
        if (story.status() == end.status()) {
            story.report(false, end.message(), actor(ending));
        } else {
            story.moveTo(end.status(), false, end.failure(), end.message(), actor(ending));
        }
        story.end(end.message(), actor(ending));
        return new DeploymentResult(end.status(), end.message());
    }

    private End undo(Ending ending, DeploymentStatus undone, @Nullable Failure failure) {
        boolean restoring = story.status() == DeploymentStatus.ROLLING_BACK;
        if (touched.isEmpty() && !restoring) {
            return new End(
                    failure == null ? DeploymentStatus.CANCELED : DeploymentStatus.FAILED, failure, ending.message());
        }
        if (!restoring) {
            story.moveTo(DeploymentStatus.ROLLING_BACK, false, failure, ending.message(), actor(ending));
        }
        Restoration begun = new Restoration(input.deployment(), steps, story, touched, made);
        restoration = begun;
        while (!begun.isDone()) {
            continueAsNewIfSuggested(ending);
            begun.restoreSome();
        }
        if (begun.held().isEmpty()) {
            return new End(undone, failure, ending.message());
        }
        Failure held = begun.failure(ending.message());
        return new End(DeploymentStatus.FAILED, held, held.detail());
    }

    private Actor actor(Ending ending) {
        return ending instanceof Ending.Stopped stopped ? stopped.stop().actor() : input.actor();
    }

    private DeploymentResult answer(DeploymentResult result) {
        Failure failure = story.failure();
        if (result.status() == DeploymentStatus.FAILED && failure != null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    failure.message(), failure.type().wireName());
        }
        if (result.status() == DeploymentStatus.CANCELED
                && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(result.message().toString());
        }
        return result;
    }

    private void continueAsNewIfSuggested(@Nullable Ending ending) {
        ContinueAsNew.ifSuggested(
                story::flush,
                // An order that came meanwhile is not known to the next run.
                () -> (ending == null && lifecycle.isStopped()) || orders.hasTaskOrder(),
                () -> input.after(progress(ending)));
    }

    private Progress progress(@Nullable Ending ending) {
        Restoration begun = restoration;
        return new Progress(
                story.status(),
                steps.epoch(),
                steps.steps(),
                rollout.next(),
                rollout.tally().changed(),
                rollout.tally().skipped(),
                touched.groups(),
                orders.paused(),
                ending,
                begun == null ? Progress.Held.NONE : begun.held(),
                begun == null ? null : begun.deadline());
    }

    @Override
    public OrderAnswer stop(Stop stop) {
        return lifecycle.stop(stop);
    }

    @Override
    public void admitted(long epoch) {
        admission.admitted(epoch);
    }

    @Override
    public void rejected(String holder) {
        admission.rejected(holder);
    }

    @Override
    public OrderAnswer pause(Order order) {
        if (lifecycle.isStopped() || lifecycle.isEnding() || !story.status().canBePaused()) {
            return refused("pause");
        }
        if (!orders.paused()) {
            orders.pause();
            story.report(
                    true,
                    DeploymentMessage.PAUSED.with("actor", order.actor(), "reason", order.reason()),
                    order.actor());
        }
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public OrderAnswer resume(Order order) {
        if (!orders.paused()) {
            return refused("resume");
        }
        orders.resume();
        if (story.status().canBePaused()) {
            story.report(
                    false,
                    DeploymentMessage.RESUMED.with("actor", order.actor(), "reason", order.reason()),
                    order.actor());
        }
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public OrderAnswer retry(Order.OfTarget order) {
        return decide(new Orders.TaskOrder.Retry(order.target(), order.actor()));
    }

    @Override
    public OrderAnswer skip(Order.OfTarget order) {
        return decide(new Orders.TaskOrder.Skip(order.target(), order.actor()));
    }

    private OrderAnswer decide(Orders.TaskOrder order) {
        List<String> failed = rollout.tally().failed();
        if (lifecycle.isStopped() || lifecycle.isEnding()) {
            return refused(order instanceof Orders.TaskOrder.Retry ? "retry" : "skip");
        }
        if (!failed.contains(order.target()) || orders.concerns(order.target())) {
            return OrderAnswer.refused(ReleaseMessage.TARGET_NOT_WAITING.with(
                    "target", order.target(), "failed", failed.isEmpty() ? null : String.join(", ", failed)));
        }
        orders.add(order);
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public OrderAnswer abandon(Order order) {
        return restoration == null || !restoration.abandon(order) ? refused("abandon") : OrderAnswer.ACCEPTED;
    }

    private OrderAnswer refused(String order) {
        return OrderAnswer.refused(DeploymentMessage.ORDER_NOT_POSSIBLE.with(
                "order", order, "status", story.status().wireName()));
    }

    @Override
    public DeploymentState state() {
        return new DeploymentState(
                story.status().wireName(),
                story.waiting(),
                story.failure(),
                null,
                rollout.next(),
                rollout.tally().failed());
    }

    /** How it comes out, before it is reported. */
    private record End(DeploymentStatus status, @Nullable Failure failure, Message message) {}
}
