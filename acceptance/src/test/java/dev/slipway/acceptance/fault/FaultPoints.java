package dev.slipway.acceptance.fault;

import dev.slipway.acceptance.stack.EventStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The moments of a deployment at which a fault is injected. They are learnt from a clean run, so that a new step joins
 * by itself. A run tries a few of them, by a seed that it prints; {@code -Dslipway.faults=all} tries every one.
 */
public final class FaultPoints {
    private static final boolean ALL = "all".equals(System.getProperty("slipway.faults"));
    private static final long SEED = Long.getLong("slipway.faults.seed", System.currentTimeMillis());

    private final List<String> learnt;

    private FaultPoints(List<String> learnt) {
        this.learnt = learnt;
    }

    /** Those of a deployment that has not run yet. */
    static FaultPoints none() {
        return new FaultPoints(List.of());
    }

    /** Learns from what {@code clean} has seen, from the first event to the last but the end. */
    public static FaultPoints of(EventStream clean) {
        return new FaultPoints(clean.events().stream()
                .filter(event -> !event.name().equals("end"))
                .map(EventStream.Event::key)
                .distinct()
                .toList());
    }

    /** Whether there is time for everything. */
    public static boolean all() {
        return ALL;
    }

    /** The points after the first {@code point}, itself included. */
    public FaultPoints from(String point) {
        int first = learnt.indexOf(point);
        if (first < 0) {
            throw new AssertionError("No point \"" + point + "\" among " + learnt);
        }
        return new FaultPoints(learnt.subList(first, learnt.size()));
    }

    /** All points, or {@code count} of them. */
    public List<String> sample(int count) {
        if (ALL) {
            return learnt;
        }
        System.out.println("Fault points by -Dslipway.faults.seed=" + SEED);
        List<String> shuffled = new ArrayList<>(learnt);
        Collections.shuffle(shuffled, new Random(SEED));
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }
}
