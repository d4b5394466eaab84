package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many targets make a batch: a count, or a share of all targets in percent. */
public record BatchSize(int amount, boolean percent) {
    public static final BatchSize ONE = new BatchSize(1, false);

    /** A count of 1 or more, or a share from 1% to 100%. */
    public static final String PATTERN = "[1-9][0-9]{0,5}|[1-9][0-9]?%|100%";

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(%?)");

    public BatchSize {
        if (amount < 1 || (percent && amount > 100)) {
            throw new InvalidInputException(
                    "batch", amount + (percent ? "% must be from 1% to 100%" : " must be 1 or more"));
        }
    }

    /** Reads {@code 3} or {@code 25%}, or fails naming the field {@code batch}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BatchSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "batch",
                    "invalid batch size \"" + Names.shown(text)
                            + "\": expected a count or a percentage, for example 2 or 25%");
        }
        return new BatchSize(
                Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** The count for {@code targets} targets: a share is rounded down, and never less than one. */
    public int of(int targets) {
        return percent ? Math.max(1, (int) ((long) targets * amount / 100)) : amount;
    }

    @JsonValue
    @Override
    public String toString() {
        return amount + (percent ? "%" : "");
    }
}
