package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one way through a deployment: work that an order may stop, then an end that nothing stops. */
public final class Lifecycle {
    private static final Stop IN_TEMPORAL = new Stop.Cancel(Actor.TEMPORAL, null);

    private final DeploymentStory<?> story;
    private @Nullable Stop stop;
    private @Nullable CancellationScope work;
    private boolean ending;

    public Lifecycle(DeploymentStory<?> story) {
        this.story = story;
    }

    /** Stops the work. The first order counts, and whoever comes later is told what came first. */
    public OrderAnswer stop(Stop order) {
        if (stop != null) {
            return OrderAnswer.refused(DeploymentMessage.ORDER_OVERTAKEN
                    .with("status", story.status().wireName())
                    .and(stop.message()));
        }
        if (ending) {
            return OrderAnswer.refused(DeploymentMessage.ORDER_TOO_LATE.with(
                    "status", story.status().wireName()));
        }
        stop = order;
        if (work != null) {
            work.cancel();
        }
        return OrderAnswer.ACCEPTED;
    }

    /** Whether the work is over, so that no order stops it any more. */
    public boolean isEnding() {
        return ending;
    }

    /** Whether an order to stop was accepted that the work has not heard of yet. */
    public boolean isStopped() {
        return stop != null;
    }

    /** Does the work, then the end, which says how it came out. An order that was accepted is obeyed, whatever the work says. */
    public <E, R> R run(Supplier<E> task, Function<Stop, E> stopped, Function<E, R> end) {
        E ended = stoppable(task, stopped);
        ending = true;
        Outcome<R> outcome = new Outcome<>();
        Workflow.newDetachedCancellationScope(() -> outcome.value = end.apply(ended))
                .run();
        return Objects.requireNonNull(outcome.value);
    }

    private <E> E stoppable(Supplier<E> task, Function<Stop, E> stopped) {
        Outcome<E> outcome = new Outcome<>();
        CancellationScope scope = Workflow.newCancellationScope(() -> outcome.value = task.get());
        work = scope;
        if (stop != null) {
            scope.cancel();
        }
        try {
            scope.run();
        } catch (CanceledFailure e) {
            outcome.value = null;
        } catch (ActivityFailure e) {
            if (!scope.isCancelRequested()) {
                throw e;
            }
        }
        E done = outcome.value;
        return stop == null && done != null ? done : stopped.apply(stop == null ? IN_TEMPORAL : stop);
    }

    private static final class Outcome<T> {
        private @Nullable T value;
    }
}
