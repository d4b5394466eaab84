package dev.slipway.core.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codes of one feature: an enum, each constant of which has a line in the catalogue. A code is never renamed. */
public interface MessageCode {
    /** The name of the constant. */
    String name();

    /** The code as it is written on the wire and in the catalogue. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The message with these arguments, each a name and its value; an argument that is null is left out. */
    default Message with(@Nullable Object... namesAndValues) {
        Map<String, String> args = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                args.put(String.valueOf(namesAndValues[i]), value.toString());
            }
        }
        return new Message(code(), args, List.of());
    }
}
