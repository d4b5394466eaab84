package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what it was told to show, and then that everything runs. */
final class FakeCluster implements ReconciliationActivities {
    static final String RUNS = "Everything runs";

    private final Deque<Supplier<Observation>> script = new ArrayDeque<>();
    private final List<Observe> looks = new ArrayList<>();
    private @Nullable Supplier<Observation> always;

    /** What was asked, in order. */
    synchronized List<Observe> looks() {
        return List.copyOf(looks);
    }

    synchronized FakeCluster progresses(String summary) {
        script.add(() -> new Observation.Progressing(summary));
        return this;
    }

    FakeCluster breaks() {
        return breaksAfter(() -> {});
    }

    /** Something happens first. */
    synchronized FakeCluster breaksAfter(Runnable something) {
        script.add(() -> {
            something.run();
            return new Observation.Broken(new Failure(FailureType.RECONCILIATION_FAILED, "The pod crashes"));
        });
        return this;
    }

    synchronized FakeCluster fails(FailureType type) {
        script.add(() -> fail(type));
        return this;
    }

    /** From then on. */
    synchronized FakeCluster alwaysFails(FailureType type) {
        always = () -> fail(type);
        return this;
    }

    /** From then on, again. */
    synchronized void answers() {
        always = null;
    }

    private static Observation fail(FailureType type) {
        String message = "It says " + type.wireName();
        throw type.retryable()
                ? ApplicationFailure.newFailure(message, type.wireName())
                : ApplicationFailure.newNonRetryableFailure(message, type.wireName());
    }

    /** Has nothing new to say until the gate is opened, or whoever looks is told to stop. */
    synchronized Gate holds() {
        Gate gate = new Gate();
        script.add(() -> {
            gate.pass();
            return new Observation.Ready(RUNS);
        });
        return gate;
    }

    @Override
    public Observation observe(Observe input) {
        Supplier<Observation> next;
        synchronized (this) {
            looks.add(input);
            Supplier<Observation> last = always == null ? () -> new Observation.Ready(RUNS) : always;
            next = script.isEmpty() ? last : script.remove();
        }
        return next.get();
    }
}
