package dev.slipway.core.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.text.Storable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A code of the catalogue with its arguments. Words are made at the edge, so that no wording is part of a workflow's
 * history, and a reader can show more than a sentence. Services may have a word in an argument, so what the database
 * cannot keep is replaced.
 *
 * @param parts what else is to be said, each with a code of its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Message(String code, Map<String, String> args, List<Message> parts) {
    private static final String TEXT = "text";

    public Message(String code, @Nullable Map<String, String> args, @Nullable List<Message> parts) {
        Map<String, String> kept = new LinkedHashMap<>();
        if (args != null) {
            args.forEach((name, value) -> kept.put(name, Storable.text(value)));
        }
        this.code = code;
        this.args = Collections.unmodifiableMap(kept);
        this.parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** Words that come from outside the catalogue: of an agent, a remote, a user. */
    public static Message text(String words) {
        return new Message(TEXT, Map.of(TEXT, words), List.of());
    }

    /** The same, and {@code more} behind it. */
    public Message and(List<Message> more) {
        List<Message> all = new ArrayList<>(parts);
        all.addAll(more);
        return new Message(code, args, all);
    }

    public Message and(Message more) {
        return and(List.of(more));
    }

    /** The message in English. */
    @Override
    public String toString() {
        return Catalogue.ENGLISH.words(this);
    }
}
