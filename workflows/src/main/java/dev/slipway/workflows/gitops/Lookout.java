package dev.slipway.workflows.gitops;

import dev.slipway.workflows.deployment.Waits;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** Waits for what is observed, unless somebody calls meanwhile. */
final class Lookout {
    // Each look adds to the history, and lists what it watches: many calls in a short time are one.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    // Where looks take longer than calls leave them, they have to be left alone, or nothing would ever be seen.
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

    private Duration patience = BETWEEN_LOOKS;
    private boolean called;

    /** Whoever waits may have been told that the cluster is away, and hold back from asking it again. */
    void call() {
        called = true;
    }

    /** Empty where the look was given up because somebody called: it is time for another. */
    Optional<Observation> look(Func<Promise<Observation>> activity) {
        // What is called for before is seen by a look that only begins.
        called = false;
        Look look = new Look(activity);
        // A cancellation ends the look; here it would hide what was seen in the same moment.
        Workflow.newDetachedCancellationScope(() -> awaitEndOrCall(look)).run();
        if (look.isOver()) {
            patience = BETWEEN_LOOKS;
            return Optional.of(look.observed.get());
        }
        Duration twice = patience.multipliedBy(2);
        patience = twice.compareTo(LONGEST_PATIENCE) < 0 ? twice : LONGEST_PATIENCE;
        return look.giveUp();
    }

    private void awaitEndOrCall(Look look) {
        long began = Workflow.currentTimeMillis();
        // The activity has a limit of its own.
        Workflow.await(() -> look.isOver() || called);
        Duration pause = patience.minusMillis(Workflow.currentTimeMillis() - began);
        if (!look.isOver() && pause.isPositive()) {
            Waits.await(pause, look::isOver);
        }
    }

    private static final class Look {
        private final CancellationScope scope;
        private Promise<Observation> observed = Workflow.newPromise();

        Look(Func<Promise<Observation>> activity) {
            scope = Workflow.newCancellationScope(() -> observed = activity.apply());
            scope.run();
            // Else it is warned of that nobody asks what became of a look that was given up.
            observed.handle((_, _) -> null);
        }

        boolean isOver() {
            return observed.isCompleted();
        }

        Optional<Observation> giveUp() {
            scope.cancel();
            return Optional.empty();
        }
    }
}
