package dev.slipway.api.manifest;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.Storable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a document. Each reader takes what it knows; {@link #done()} refuses the rest, so that a misspelled
 * field is never passed over. Errors name the field by its path in the document.
 */
public final class Fields {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final String prefix;
    private final Map<String, Object> values;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String prefix, Map<String, Object> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** The fields of a document; {@code prefix} tells it from others in errors. */
    static Fields ofDocument(String prefix, Object document) {
        return new Fields(prefix, values(prefix + "document", document));
    }

    private static Map<String, Object> values(String path, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidInputException(path, "must be a mapping of fields");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, part) -> {
            if (!(key instanceof String name)) {
                throw new InvalidInputException(path, "has a field whose name is no text");
            }
            // A field without a value, as in "command:", is one that is not there.
            if (part != null) {
                values.put(name, part);
            }
        });
        return values;
    }

    public String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    public @Nullable String optionalText(String name) {
        Object value = take(name);
        return value == null ? null : text(at(name), value);
    }

    public int integer(String name) {
        Integer value = optionalInteger(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    public @Nullable Integer optionalInteger(String name) {
        String text = optionalText(name);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(at(name), "\"" + Names.shown(text) + "\" is no whole number");
        }
    }

    public @Nullable Double optionalDecimal(String name) {
        String text = optionalText(name);
        if (text == null) {
            return null;
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new InvalidInputException(at(name), "\"" + Names.shown(text) + "\" is no number, as in 0.5");
        }
        return Double.valueOf(text);
    }

    /** A list of texts; empty where there is none. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object value : list(name)) {
            texts.add(text(at(name) + "[" + texts.size() + "]", value));
        }
        return texts;
    }

    /** A mapping of any names to texts; empty where there is none. */
    public Map<String, String> textByName(String name) {
        Object value = take(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (value != null) {
            values(at(name), value)
                    .forEach((key, part) -> texts.put(key, text(at(name) + "." + Names.shown(key), part)));
        }
        return texts;
    }

    public @Nullable Fields optionalObject(String name) {
        Object value = take(name);
        return value == null ? null : new Fields(at(name) + ".", values(at(name), value));
    }

    /** A list of mappings; empty where there is none. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object value : list(name)) {
            String path = at(name) + "[" + objects.size() + "]";
            objects.add(new Fields(path + ".", values(path, value)));
        }
        return objects;
    }

    /** Makes a value of the domain; what it refuses is told with the path of this mapping before the field. */
    public <T> T make(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException e) {
            String problem = String.valueOf(e.getMessage()).substring(e.field().length() + 2);
            throw unprocessable(at(e.field()), problem);
        }
    }

    /** Refuses what nobody has asked for. */
    public void done() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidInputException(
                        at(Names.shown(name)), "is not known here; the fields are " + String.join(", ", known));
            }
        }
    }

    private List<?> list(String name) {
        Object value = take(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new InvalidInputException(at(name), "must be a list");
        }
        return list;
    }

    private static String text(String path, @Nullable Object value) {
        if (!(value instanceof String text)) {
            throw new InvalidInputException(path, "must be one value, not a list or a mapping");
        }
        if (!Storable.isText(text)) {
            throw unprocessable(path, "must not hold NUL or half a character");
        }
        return text;
    }

    private InvalidInputException missing(String name) {
        return new InvalidInputException(at(name), "is missing");
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return values.get(name);
    }

    private static UnprocessableException unprocessable(String path, String problem) {
        return new UnprocessableException(path, path + ": " + problem);
    }

    private String at(String name) {
        return prefix + name;
    }
}
