package dev.slipway.agent.fleet;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.timeline.LogShipping;
import dev.slipway.agent.timeline.TaskLog;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import dev.slipway.core.secret.Mask;
import dev.slipway.workflows.activity.ActivityFailures;
import dev.slipway.workflows.activity.Pulse;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of this node's targets, as Temporal calls them. */
public final class AgentTargetActivities implements TargetActivities {
    private static final Logger log = LoggerFactory.getLogger(AgentTargetActivities.class);

    private final Path folder;
    private final TargetSteps steps;
    private final Specifications specifications;
    private final LogShipping shipping;
    private final Supplier<Mask> masks;
    private final Map<TargetKey, TargetMemory> memories = new ConcurrentHashMap<>();
    private final Set<Pulse> underWay = ConcurrentHashMap.newKeySet();

    /** {@code folder} is where targets are written down; {@code masks} tells what of the agent must not be seen. */
    public AgentTargetActivities(
            Path folder,
            List<RuntimeDriver> drivers,
            ControlPlane controlPlane,
            LogShipping shipping,
            Supplier<Mask> masks) {
        this.folder = folder;
        this.steps = new TargetSteps(new Drivers(drivers));
        this.specifications = new Specifications(controlPlane);
        this.shipping = shipping;
        this.masks = masks;
    }

    @Override
    public Observation inspect(Inspect input) {
        return run(input.step(), input.target(), (memory, target, log, pulse) -> {
            Attempt attempt = ofFence(input.step(), target, memory, log);
            return locked(memory, attempt, () -> steps.inspect(memory, target, input.desired(), attempt));
        });
    }

    @Override
    public Deployed deploy(Deploy input) {
        return run(input.step(), input.target(), (memory, target, log, pulse) -> {
            Attempt attempt = ofClaim(input.step(), target, memory, log, pulse);
            return locked(memory, attempt, () -> {
                steps.skipOutput(memory, target, attempt.target());
                try (OutputRelay _ = relay(memory, target, attempt)) {
                    return steps.deploy(memory, target, input.desired(), attempt);
                }
            });
        });
    }

    @Override
    public Health verify(Verify input) {
        return run(input.step(), input.target(), (memory, target, log, pulse) -> {
            Attempt attempt = ofFence(input.step(), target, memory, log);
            try (OutputRelay _ = relay(memory, target, attempt)) {
                return steps.verify(memory, target, input.desired(), attempt);
            }
        });
    }

    @Override
    public Removed remove(Remove input) {
        return run(input.step(), input.target(), (memory, target, log, pulse) -> {
            Attempt attempt = ofClaim(input.step(), target, memory, log, pulse);
            return locked(memory, attempt, () -> new Removed(steps.remove(memory, target, attempt)));
        });
    }

    /** Interrupts what is under way, and waits until it has ended; for the end of the agent. */
    public void stop(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        underWay.forEach(pulse -> pulse.stop(new SlipwayException(
                FailureType.AGENT_LOST, "The agent was stopped during this step. It can be retried.")));
        while (!underWay.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private interface Work<T> {
        T doIt(TargetMemory memory, Target target, TaskLog log, Pulse pulse) throws InterruptedException;
    }

    private interface Locked<T> {
        T doIt() throws InterruptedException;
    }

    /** Every step runs in here: with a heartbeat, and with its failures translated. */
    private <T> T run(Step step, TargetReference reference, Work<T> work) {
        TaskLog taskLog = new TaskLog(step.deployment().value(), reference.name(), masks.get(), shipping);
        try (Pulse pulse = new Pulse(Activity.getExecutionContext())) {
            underWay.add(pulse);
            try {
                TargetMemory memory = memory(step, reference);
                memory.gate.requireNotLower(step.fence());
                // What ran here lately may still talk, or be read about, with secrets that the target has no more.
                memory.revisions.all().forEach(revision -> taskLog.hide(revision.environment()));
                Target target = specifications.of(step.deployment(), reference, memory.specification);
                taskLog.hide(target.environment());
                return work.doIt(memory, target, taskLog, pulse);
            } catch (InterruptedException | RuntimeException e) {
                // Whatever else an interrupt broke, the reason for it is the reason to tell.
                throw failure(
                        pulse.stopped().orElse(e instanceof RuntimeException unchecked ? unchecked : interrupted()),
                        reference,
                        taskLog);
            } finally {
                underWay.remove(pulse);
            }
        }
    }

    private <T> T locked(TargetMemory memory, Attempt attempt, Locked<T> work) throws InterruptedException {
        memory.lock.lockInterruptibly();
        try {
            attempt.check();
            return work.doIt();
        } finally {
            memory.lock.unlock();
        }
    }

    private OutputRelay relay(TargetMemory memory, Target target, Attempt attempt) {
        return new OutputRelay(() -> steps.newOutput(memory, target, attempt), attempt.log());
    }

    /** Of a step that changes nothing: it raises no fence. */
    private static Attempt ofFence(Step step, Target target, TargetMemory memory, TaskLog log) {
        return new Attempt(key(step, target.name()), step, () -> memory.gate.requireNotLower(step.fence()), log);
    }

    private static Attempt ofClaim(Step step, Target target, TargetMemory memory, TaskLog log, Pulse pulse) {
        FenceGate.Claim claim = memory.gate.announce(step.fence(), pulse::stop);
        return new Attempt(key(step, target.name()), step, () -> memory.gate.require(claim), log);
    }

    private TargetMemory memory(Step step, TargetReference target) {
        return memories.computeIfAbsent(
                key(step, target.name()), key -> new TargetMemory(key, folder.resolve(key.folder())));
    }

    private static TargetKey key(Step step, String target) {
        return new TargetKey(step.environment(), target);
    }

    private static RuntimeException failure(RuntimeException thrown, TargetReference target, TaskLog taskLog) {
        if (thrown instanceof SlipwayException known) {
            return ActivityFailures.of(known.type(), taskLog.mask().apply(String.valueOf(known.getMessage())));
        }
        if (thrown instanceof ActivityCompletionException) {
            return thrown;
        }
        log.error("A step for target {} failed with an internal error", target.name(), thrown);
        return ActivityFailures.of(
                FailureType.INTERNAL,
                taskLog.mask()
                        .apply("A step for target " + target.name() + " failed with an internal error: " + thrown
                                + ". See the agent's log."));
    }

    private static RuntimeException interrupted() {
        return new SlipwayException(FailureType.AGENT_LOST, "The step was interrupted. It can be retried.");
    }
}
