package dev.slipway.api;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The words that stand for the constants of the core, in documents, requests and answers. */
public final class Words {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Words() {}

    /** Reads a word, or fails naming {@code field} and the words that there are. */
    public static <T extends Enum<T>> T read(String field, String word, Class<T> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        field,
                        "invalid value \"" + Names.shown(word) + "\": expected one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Words::of)
                                        .collect(Collectors.joining(", "))));
    }

    public static String of(Enum<?> constant) {
        return JSON.convertValue(constant, String.class);
    }
}
