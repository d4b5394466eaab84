package dev.slipway.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that may have been meant by one that does not exist. */
public final class DidYouMean {
    private static final int LISTED = 5;

    private DidYouMean() {}

    /** A sentence that names the nearest of {@code names}, or lists a few. */
    public static String sentence(String written, Collection<String> names) {
        if (names.isEmpty()) {
            return "; none exists yet";
        }
        return nearest(written, names)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElseGet(() -> "; known: "
                        + String.join(
                                ", ", names.stream().sorted().limit(LISTED).toList())
                        + (names.size() > LISTED ? ", …" : ""));
    }

    /** The one of {@code names} that differs in a few letters. */
    public static Optional<String> nearest(String written, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .filter(name -> distance(written, name) <= Math.max(2, written.length() / 3));
    }

    /** How many letters are to be put in, left out or changed to make one of the other. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
