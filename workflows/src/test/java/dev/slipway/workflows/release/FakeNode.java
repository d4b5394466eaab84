package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node whose targets live in memory, and fail as they are told to. */
final class FakeNode implements TargetActivities {
    /** Every effective change, in order: "web-1 v2", or "web-1 -" for a removal. */
    final List<String> ledger = new CopyOnWriteArrayList<>();

    final Map<String, Revision> runs = new ConcurrentHashMap<>();
    final Set<String> unhealthyVersions = new ConcurrentSkipListSet<>();

    /** The targets that were found healthy. */
    final Set<String> verified = new ConcurrentSkipListSet<>();

    private final Set<String> stubborn = new ConcurrentSkipListSet<>();
    private final Map<String, Deque<FailureType>> failures = new HashMap<>();
    private final Map<String, Fence> fences = new HashMap<>();
    private final Map<String, CountDownLatch> blocked = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> reached = new ConcurrentHashMap<>();
    private final Set<String> silent = new ConcurrentSkipListSet<>();

    /** The next deploy steps of {@code target} fail with these types, one after the other. */
    void failNext(String target, FailureType... types) {
        failNextStep("deploy " + target, types);
    }

    /** The next verify steps of {@code target} fail with these types, one after the other. */
    void failNextVerification(String target, FailureType... types) {
        failNextStep("verify " + target, types);
    }

    private synchronized void failNextStep(String step, FailureType... types) {
        failures.computeIfAbsent(step, _ -> new ArrayDeque<>()).addAll(List.of(types));
    }

    /** Deploy steps of {@code target} do not end until they are canceled or {@link #release released}. */
    void block(String target) {
        reached.put(target, new CountDownLatch(1));
        blocked.put(target, new CountDownLatch(1));
    }

    /** The next deploy step of {@code target} neither beats nor ends, for good. */
    void silenceNext(String target) {
        reached.put(target, new CountDownLatch(1));
        silent.add(target);
    }

    /** A deploy step of {@code target} that is blocked stays so when it is canceled. */
    void ignoreCancellation(String target) {
        stubborn.add(target);
    }

    void awaitBlocked(String target) throws InterruptedException {
        if (!reached.getOrDefault(target, new CountDownLatch(0)).await(60, TimeUnit.SECONDS)) {
            throw new AssertionError(target + " was never reached; ledger " + ledger);
        }
    }

    void release(String target) {
        CountDownLatch latch = blocked.remove(target);
        if (latch != null) {
            latch.countDown();
        }
    }

    @Override
    public Observation inspect(Inspect input) {
        check(input.step(), input.target());
        Revision revision = runs.get(input.target().name());
        boolean current = revision != null && revision.equals(revisionOf(input.desired()));
        return new Observation(revision, revision != null, current, describe(revision));
    }

    @Override
    public Deployed deploy(Deploy input) {
        String name = input.target().name();
        check(input.step(), input.target());
        fallSilent(name);
        awaitRelease(name);
        failAsTold("deploy", name);
        Revision revision = revisionOf(input.desired());
        boolean changed = !revision.equals(runs.put(name, revision));
        if (changed) {
            ledger.add(name + " " + revision.version());
        }
        return new Deployed(revision.digest(), changed);
    }

    @Override
    public Health verify(Verify input) {
        check(input.step(), input.target());
        failAsTold("verify", input.target().name());
        Revision revision = runs.get(input.target().name());
        boolean healthy = revision != null
                && !unhealthyVersions.contains(revision.version())
                && !unhealthyVersions.contains(input.target().name() + " " + revision.version());
        if (healthy) {
            verified.add(input.target().name());
        }
        return new Health(healthy, 1, healthy ? "answered 200" : "answered 500, expected 200");
    }

    @Override
    public Removed remove(Remove input) {
        check(input.step(), input.target());
        boolean changed = runs.remove(input.target().name()) != null;
        if (changed) {
            ledger.add(input.target().name() + " -");
        }
        return new Removed(changed);
    }

    private void fallSilent(String target) {
        if (silent.remove(target)) {
            reached.getOrDefault(target, new CountDownLatch(1)).countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitRelease(String target) {
        CountDownLatch latch = blocked.get(target);
        if (latch == null) {
            return;
        }
        reached.getOrDefault(target, new CountDownLatch(1)).countDown();
        try {
            while (!latch.await(50, TimeUnit.MILLISECONDS)) {
                beat(target);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            blocked.remove(target);
        }
    }

    private void beat(String target) {
        try {
            Activity.getExecutionContext().heartbeat(null);
        } catch (ActivityCompletionException e) {
            if (!stubborn.contains(target)) {
                throw e;
            }
        }
    }

    private synchronized void failAsTold(String verb, String target) {
        FailureType failure =
                failures.getOrDefault(verb + " " + target, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw ApplicationFailure.newNonRetryableFailure(target + " fails as told", failure.wireName());
        }
    }

    private synchronized void check(Step step, TargetReference target) {
        Fence last = fences.put(target.name(), step.fence());
        if (last != null && step.fence().compareTo(last) <= 0) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "fence " + step.fence() + " is not above " + last, FailureType.FENCED.wireName());
        }
    }

    private static Revision revisionOf(Desired desired) {
        return switch (desired) {
            case Desired.Fresh fresh ->
                revision(fresh.version(), fresh.artifact().digest());
            case Desired.Recorded recorded -> recorded.revision();
        };
    }

    static Revision revision(String version, Digest digest) {
        return new Revision(digest, version, "of-" + version);
    }

    private static String describe(@Nullable Revision revision) {
        return revision == null ? "nothing is installed" : revision.version() + " runs";
    }
}
