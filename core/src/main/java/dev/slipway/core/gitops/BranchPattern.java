package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.Comparator;

/**
 * One branch, or a glob for several: {@code *} stands for what is between two slashes, {@code **} for anything. Of two
 * patterns that match, the one without a star comes first, then the longer one.
 */
public record BranchPattern(@JsonValue String text) {
    /** The one to be preferred comes first. */
    public static final Comparator<BranchPattern> BY_PRECISION = Comparator.comparing(BranchPattern::isGlob)
            .thenComparing(pattern -> pattern.text.length(), Comparator.reverseOrder())
            .thenComparing(BranchPattern::text);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BranchPattern {
        if (!BranchName.isName(text.replace("**", "x").replace('*', 'x'))) {
            throw new InvalidInputException(
                    "branch",
                    "invalid branch \"" + Names.shown(text)
                            + "\": expected a branch or a glob, for example main or release/*");
        }
    }

    public boolean isGlob() {
        return text.contains("*");
    }

    // Not as a regular expression: with many stars one would take longer than anybody waits.
    public boolean matches(String branch) {
        boolean[] reached = new boolean[branch.length() + 1];
        reached[0] = true;
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith("**", at)) {
                at++;
                reached = afterStar(reached, branch, true);
            } else if (text.charAt(at) == '*') {
                reached = afterStar(reached, branch, false);
            } else {
                reached = afterLetter(reached, branch, text.charAt(at));
            }
        }
        return reached[branch.length()];
    }

    private static boolean[] afterLetter(boolean[] reached, String branch, char letter) {
        boolean[] next = new boolean[reached.length];
        for (int i = 0; i < branch.length(); i++) {
            next[i + 1] = reached[i] && branch.charAt(i) == letter;
        }
        return next;
    }

    private static boolean[] afterStar(boolean[] reached, String branch, boolean overSlashes) {
        boolean[] next = reached.clone();
        for (int i = 0; i < branch.length(); i++) {
            next[i + 1] |= next[i] && (overSlashes || branch.charAt(i) != '/');
        }
        return next;
    }

    @Override
    public String toString() {
        return text;
    }
}
