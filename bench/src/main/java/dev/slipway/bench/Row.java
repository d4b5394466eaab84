package dev.slipway.bench;

import java.util.Locale;

/** One line of the table: the work, what it took, what the baseline took, and how the two compare. */
record Row(String work, String slipway, String baseline, String ratio) {
    static Row compare(String work, Samples slipway, Samples baseline) {
        return new Row(
                work,
                slipway.toString(),
                baseline.toString(),
                String.format(Locale.ROOT, "%.2f×", slipway.median() / baseline.median()));
    }

    /** A line of a Markdown table. */
    @Override
    public String toString() {
        return "| " + work + " | " + slipway + " | " + baseline + " | " + ratio + " |";
    }
}
