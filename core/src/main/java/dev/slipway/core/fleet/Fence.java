package dev.slipway.core.fleet;

/**
 * The order of the steps that touch one target. {@code epoch} grows with each deployment that its environment admits,
 * {@code step} with each step of a deployment. An agent refuses a step that is lower than one that it has seen.
 */
public record Fence(long epoch, int step) implements Comparable<Fence> {
    /** Reads what {@link #toString} writes. */
    public static Fence parse(String text) {
        int dot = text.indexOf('.');
        return new Fence(Long.parseLong(text, 0, dot, 10), Integer.parseInt(text, dot + 1, text.length(), 10));
    }

    @Override
    public int compareTo(Fence other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Integer.compare(step, other.step);
    }

    @Override
    public String toString() {
        return epoch + "." + step;
    }
}
