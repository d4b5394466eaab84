package dev.slipway.api.temporal;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Calls of Temporal that give up in time: by itself the client tries for a minute. */
@Component
public class TemporalCalls {
    private static final Logger log = LoggerFactory.getLogger(TemporalCalls.class);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    // Whoever is refused comes back soon, and so may Temporal.
    private static final Duration ABSENCE_REMEMBERED = Duration.ofMillis(500);

    private final WorkflowClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());
    private final ReentrantLock probing = new ReentrantLock();
    private volatile Reach reach = new Reach(true, System.nanoTime() - REMEMBERED.toNanos() - 1);

    TemporalCalls(WorkflowClient client) {
        this.client = client;
    }

    public WorkflowClient client() {
        return client;
    }

    /** Fails with {@code TemporalUnavailable} where Temporal did not answer within the last two seconds. */
    public void requireReachable() {
        if (!current().reachable()) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "Temporal cannot be reached, so nothing was started; retry shortly");
        }
    }

    private Reach current() {
        Reach known = reach;
        if (known.fresh()) {
            return known;
        }
        probing.lock();
        try {
            if (!reach.fresh()) {
                Reach now = new Reach(answers(), System.nanoTime());
                tell(reach, now);
                reach = now;
            }
            return reach;
        } finally {
            probing.unlock();
        }
    }

    private static void tell(Reach before, Reach now) {
        if (before.reachable() && !now.reachable()) {
            log.warn("Temporal cannot be reached. Running deployments wait for it; new requests are rejected.");
        } else if (!before.reachable() && now.reachable()) {
            log.info("Temporal is reachable again.");
        }
    }

    private boolean answers() {
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withWaitForReady()
                    .withDeadlineAfter(PROBE.toMillis(), TimeUnit.MILLISECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    /** Makes a call that gives up after {@code limit}, with whatever the client makes of that. */
    public <T> T within(Duration limit, Supplier<T> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, deadlines);
        Context previous = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(previous);
            context.cancel(null);
        }
    }

    private record Reach(boolean reachable, long at) {
        boolean fresh() {
            Duration remembered = reachable ? REMEMBERED : ABSENCE_REMEMBERED;
            return System.nanoTime() - at < remembered.toNanos();
        }
    }
}
