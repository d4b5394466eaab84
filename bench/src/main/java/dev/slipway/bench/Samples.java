package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, in milliseconds. */
record Samples(List<Double> millis) {
    Samples {
        millis = List.copyOf(millis);
    }

    static Samples none() {
        return new Samples(List.of());
    }

    Samples and(Duration one) {
        return and(one.toNanos() / 1e6);
    }

    Samples and(double one) {
        List<Double> more = new ArrayList<>(millis);
        more.add(one);
        return new Samples(more);
    }

    double median() {
        return percentile(50);
    }

    /** The nearest-rank percentile, {@code rank} from 0 to 100. */
    double percentile(double rank) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int index = (int) Math.ceil(rank / 100 * sorted.size()) - 1;
        return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
    }

    /** "123 ms (110–140)": the median and the range. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s (%s–%s)",
                format(median()),
                format(Collections.min(millis)),
                format(Collections.max(millis)));
    }

    static String format(double millis) {
        return millis >= 10_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000)
                : String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis);
    }
}
