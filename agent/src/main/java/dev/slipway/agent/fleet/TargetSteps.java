package dev.slipway.agent.fleet;

import dev.slipway.agent.health.Verification;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.Health;
import dev.slipway.workflows.fleet.TargetActivities;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the four verbs do, one at a time for a target; the drivers do what differs between kinds of targets. */
final class TargetSteps {
    private final Drivers drivers;
    private final Resolution resolution;
    private final Verification verification = new Verification();

    TargetSteps(Drivers drivers) {
        this.drivers = drivers;
        this.resolution = new Resolution(drivers);
    }

    Observation inspect(TargetMemory memory, Target target, Desired desired, Attempt attempt)
            throws InterruptedException {
        TargetRuntime place = placeOf(memory, target);
        Installed installed = drivers.of(place).look(attempt.target(), place);
        String state = attempt.mask().apply(installed.detail());
        Digest digest = installed.digest();
        if (digest == null) {
            return new Observation(null, false, false, state);
        }
        Optional<RevisionRecord> record =
                Optional.ofNullable(installed.revision()).flatMap(memory.revisions::find);
        String id = record.map(RevisionRecord::id).orElse(null);
        String version = record.or(() -> memory.revisions.findByDigest(digest))
                .map(RevisionRecord::version)
                .orElse(digest.abbreviated());
        Revision revision = new Revision(digest, version, id);
        String detail = version + " (" + digest.abbreviated() + ") " + state;
        if (!Resolution.isMet(desired, target, digest, id)) {
            boolean sameDigest = digest.equals(Resolution.digestOf(desired));
            return new Observation(
                    revision,
                    installed.running(),
                    false,
                    detail + (sameDigest ? ", with a different configuration" : ""));
        }
        if (!installed.running()) {
            // It may be between two starts of a crash loop, and run again when the deploy looks.
            memory.foundUnhealthy = true;
            return new Observation(revision, false, false, detail);
        }
        if (record.isEmpty()) {
            return new Observation(revision, true, false, detail);
        }
        Health health = verification.ask(
                record.get().health(), drivers.of(place).subject(attempt.target(), record.get(), attempt.mask()));
        // A deploy that follows starts it afresh, also where the agent that saw it fail was another process.
        memory.foundUnhealthy = !health.healthy();
        String verdict = health.healthy() ? " and is healthy: " : " and is not healthy: ";
        return new Observation(
                revision,
                true,
                health.healthy(),
                detail + verdict + attempt.mask().apply(health.detail()));
    }

    TargetActivities.Deployed deploy(TargetMemory memory, Target target, Desired desired, Attempt attempt)
            throws InterruptedException {
        RevisionRecord wanted = resolution.resolve(memory.revisions, target, desired);
        attempt.hide(wanted.environment());
        RuntimeDriver driver = drivers.of(wanted.runtime());
        Installed before = driver.look(attempt.target(), wanted.runtime());
        if (isDone(memory, wanted, desired, before, attempt)) {
            attempt.say(wanted + " is already running.");
            return new TargetActivities.Deployed(wanted.artifact().digest(), finish(memory, wanted, before, attempt));
        }
        prepare(driver, wanted, desired, attempt);
        memory.revisions.save(wanted);
        vacateFormerPlace(memory, wanted, attempt);
        attempt.check();
        memory.apply(wanted);
        driver.replace(wanted, attempt);
        memory.foundUnhealthy = false;
        memory.ledger.applied(attempt.origin(), wanted);
        memory.revisions.applied(wanted);
        Set<Digest> needed = Stream.of(before.digest(), wanted.artifact().digest())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        driver.prune(wanted.runtime(), memory.revisions.prune(needed));
        return new TargetActivities.Deployed(wanted.artifact().digest(), true);
    }

    Health verify(TargetMemory memory, Target target, Desired desired, Attempt attempt) throws InterruptedException {
        RevisionRecord wanted = resolution.resolve(memory.revisions, target, desired);
        attempt.hide(wanted.environment());
        Health health = verification.verify(
                wanted.health(),
                drivers.of(wanted.runtime()).subject(attempt.target(), wanted, attempt.mask()),
                attempt::check,
                attempt::say);
        memory.foundUnhealthy = !health.healthy();
        attempt.say((health.healthy() ? "Healthy: " : "Not healthy: ") + health.detail());
        return new Health(health.healthy(), health.attempts(), attempt.mask().apply(health.detail()));
    }

    boolean remove(TargetMemory memory, Target target, Attempt attempt) throws InterruptedException {
        Optional<TargetRuntime> former = memory.applied().map(RevisionRecord::runtime);
        boolean changed = drivers.of(target.runtime()).remove(target.runtime(), attempt);
        if (former.isPresent() && isElsewhere(former.get(), target.runtime())) {
            changed |= drivers.of(former.get()).remove(former.get(), attempt);
        }
        if (changed || former.isPresent()) {
            memory.ledger.removed(attempt.origin());
            memory.applyNothing();
        }
        attempt.say(changed ? "Removed; nothing is left at " + target.runtime().place() + "." : "Nothing to remove.");
        return changed;
    }

    List<OutputLine> newOutput(TargetMemory memory, Target target, Attempt attempt) {
        TargetRuntime place = placeOf(memory, target);
        return drivers.of(place).newOutput(attempt.target(), place, attempt.mask());
    }

    /** What was printed until now belongs to no step that is still to come. */
    void skipOutput(TargetMemory memory, Target target, TargetKey key) {
        TargetRuntime place = placeOf(memory, target);
        drivers.of(place).skipOutput(key, place);
    }

    /** Where the target was put last, which its declaration may have left since. */
    private static TargetRuntime placeOf(TargetMemory memory, Target target) {
        return memory.applied().map(RevisionRecord::runtime).orElse(target.runtime());
    }

    /** Whether it is in place, and neither a deployment that redoes it nor its state of health asks for a new start. */
    private static boolean isDone(
            TargetMemory memory, RevisionRecord wanted, Desired desired, Installed before, Attempt attempt) {
        return before.running()
                && wanted.id().equals(before.revision())
                && !memory.foundUnhealthy
                && (desired instanceof Desired.Recorded || isOfSameDeployment(before, attempt));
    }

    /** Writes down what an attempt of the same deployment had done when it was killed. Whether it was missing. */
    private static boolean finish(TargetMemory memory, RevisionRecord wanted, Installed before, Attempt attempt) {
        return before.origin() != null
                && isOfSameDeployment(before, attempt)
                && memory.ledger.applied(before.origin(), wanted);
    }

    private static boolean isOfSameDeployment(Installed before, Attempt attempt) {
        return before.origin() != null && before.origin().deployment().equals(attempt.deployment());
    }

    private static void prepare(RuntimeDriver driver, RevisionRecord wanted, Desired desired, Attempt attempt)
            throws InterruptedException {
        try {
            driver.prepare(wanted, attempt);
        } catch (SlipwayException e) {
            boolean isGone = e.type() == FailureType.UNKNOWN_ARTIFACT || e.type() == FailureType.IMAGE_NOT_FOUND;
            throw isGone && desired instanceof Desired.Recorded
                    ? Resolution.gone(
                            wanted.version(),
                            wanted.artifact().digest(),
                            wanted.runtime().place())
                    : e;
        }
    }

    private void vacateFormerPlace(TargetMemory memory, RevisionRecord wanted, Attempt attempt)
            throws InterruptedException {
        Optional<TargetRuntime> former = memory.applied().map(RevisionRecord::runtime);
        if (former.isPresent() && isElsewhere(former.get(), wanted.runtime())) {
            attempt.check();
            attempt.say("Moving from " + former.get().place() + " to "
                    + wanted.runtime().place() + ".");
            drivers.of(former.get()).vacate(former.get(), attempt);
        }
    }

    private static boolean isElsewhere(TargetRuntime former, TargetRuntime now) {
        return !former.place().equals(now.place());
    }
}
