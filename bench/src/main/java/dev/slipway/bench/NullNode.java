package dev.slipway.bench;

import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.health.Health;
import dev.slipway.workflows.fleet.TargetActivities;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An agent whose targets take no time, so that what is measured is the engine. */
final class NullNode implements TargetActivities {
    private final Map<String, Revision> runs = new ConcurrentHashMap<>();

    @Override
    public Observation inspect(Inspect input) {
        Revision revision = runs.get(key(input.step(), input.target().name()));
        boolean current = revision != null && revision.equals(revision(input.desired()));
        return new Observation(revision, revision != null, current, "measured");
    }

    @Override
    public Deployed deploy(Deploy input) {
        Revision revision = revision(input.desired());
        runs.put(key(input.step(), input.target().name()), revision);
        return new Deployed(revision.digest(), true);
    }

    @Override
    public Health verify(Verify input) {
        return new Health(true, 1, "measured");
    }

    @Override
    public Removed remove(Remove input) {
        return new Removed(runs.remove(key(input.step(), input.target().name())) != null);
    }

    private static String key(Step step, String target) {
        return step.environment() + "/" + target;
    }

    private static Revision revision(Desired desired) {
        return switch (desired) {
            case Desired.Fresh fresh -> new Revision(fresh.artifact().digest(), fresh.version(), fresh.version());
            case Desired.Recorded recorded -> recorded.revision();
        };
    }
}
