package dev.slipway.api;

import dev.slipway.core.failure.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** What every request must keep to. */
public final class Input {
    private Input() {}

    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInputException(field, "is missing");
        }
        return value;
    }

    public static int requireFrom(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidInputException(field, value + " must be from " + least + " to " + most);
        }
        return value;
    }
}
