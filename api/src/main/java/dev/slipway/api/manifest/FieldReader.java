package dev.slipway.api.manifest;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Memory;
import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Shape;
import dev.slipway.core.manifest.Shape.Dictionary;
import dev.slipway.core.manifest.Shape.Mapping;
import dev.slipway.core.manifest.Shape.Part;
import dev.slipway.core.manifest.Shape.Scalar;
import dev.slipway.core.manifest.Shape.Sequence;
import dev.slipway.core.manifest.Shape.Union;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.core.text.Storable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a document's mappings what Jackson reads as a record: fields that are not known, missing or not of the form
 * that the {@link Shape} asks for are refused by their path, defaults are filled in, and the fields of a variant, which
 * lie flat in the document, are put together.
 */
final class FieldReader {
    // As JSON writes a number, of a length that is read at once.
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,20}(\\.\\d{1,30})?([eE][-+]?\\d{1,3})?");
    private static final Pattern NAME = Pattern.compile(Names.PATTERN);

    private FieldReader() {}

    /** {@code known}: names that stand in the document for others to read. */
    static Map<String, Object> read(Mapping shape, Object content, String path, Collection<String> known) {
        Map<String, Object> left = fields(path, content);
        Set<String> names = new LinkedHashSet<>(known);
        addNames(names, shape, left);
        requireKnown(left.keySet(), names, path);
        return filled(shape, left, path);
    }

    static Map<String, Object> fields(String path, Object content) {
        if (!(content instanceof Map<?, ?> map)) {
            throw new InvalidInputException(path.isEmpty() ? "document" : path, "must be a mapping of fields");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new InvalidInputException(path.isEmpty() ? "document" : path, "field names must be text");
            }
            // A field without a value, as in "command:", is one that is not there.
            if (value != null) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    /** What may stand in the mapping: of a union, only the fields of the variant that is chosen. */
    private static void addNames(Set<String> names, Mapping shape, Map<String, Object> fields) {
        for (Part part : shape.parts()) {
            names.add(part.name());
            if (part.shape() instanceof Union union) {
                if (fields.get(part.name()) instanceof String word
                        && union.variants().containsKey(word)) {
                    addNames(names, union.variants().get(word), fields);
                } else {
                    union.variants().values().forEach(variant -> names.addAll(variant.names()));
                }
            }
        }
    }

    private static void requireKnown(Set<String> written, Set<String> known, String path) {
        for (String name : written) {
            if (!known.contains(name)) {
                String shown = Names.shown(name);
                throw new InvalidInputException(
                        at(path, shown),
                        "unknown field \"" + shown + "\""
                                + DidYouMean.nearest(name, known)
                                        .map(nearest -> ", did you mean \"" + nearest + "\"? Expected")
                                        .orElse("; expected")
                                + " one of " + String.join(", ", known));
            }
        }
    }

    private static Map<String, Object> filled(Mapping shape, Map<String, Object> fields, String path) {
        Map<String, Object> filled = new LinkedHashMap<>();
        for (Part part : shape.parts()) {
            String at = at(path, part.name());
            Object written = fields.get(part.name());
            Object value = written != null
                    ? part.shape() instanceof Union union
                            ? variant(union, text(at, written), fields, at, path)
                            : value(part.shape(), written, at)
                    : absent(part, at);
            if (value != null) {
                filled.put(part.component().getName(), value);
            }
        }
        return filled;
    }

    private static @Nullable Object absent(Part part, String at) {
        if (part.isRequired()) {
            throw new InvalidInputException(at, "is missing");
        }
        return part.defaultValue().map(text -> value(part.shape(), text, at)).orElseGet(() -> switch (part.shape()) {
            case Sequence _ -> List.of();
            case Dictionary _ -> Map.of();
            default -> null;
        });
    }

    private static Map<String, Object> variant(
            Union union, String word, Map<String, Object> fields, String at, String path) {
        Mapping variant = union.variants().get(word);
        if (variant == null) {
            throw unprocessable(at, notOneOf(word, union.variants().keySet()));
        }
        Map<String, Object> filled = new LinkedHashMap<>();
        filled.put(union.tag(), word);
        filled.putAll(filled(variant, fields, path));
        return filled;
    }

    private static Object value(Shape shape, Object written, String path) {
        return switch (shape) {
            case Mapping mapping -> read(mapping, written, path, List.of());
            case Union _ -> throw new IllegalStateException(path + ": a union has no single value");
            case Sequence sequence -> {
                if (!(written instanceof List<?> list)) {
                    throw new InvalidInputException(path, "must be a list");
                }
                List<Object> values = new ArrayList<>();
                for (Object element : list) {
                    String at = path + "[" + values.size() + "]";
                    if (element == null) {
                        throw new InvalidInputException(at, "is empty");
                    }
                    values.add(value(sequence.element(), element, at));
                }
                yield values;
            }
            case Dictionary dictionary -> {
                Map<String, Object> values = new LinkedHashMap<>();
                fields(path, written)
                        .forEach((name, value) ->
                                values.put(name, value(dictionary.value(), value, at(path, Names.shown(name)))));
                yield values;
            }
            case Scalar scalar -> scalar(scalar, text(path, written), path);
        };
    }

    private static Object scalar(Scalar scalar, String text, String path) {
        if (!scalar.values().isEmpty()) {
            if (!scalar.values().contains(text)) {
                throw unprocessable(path, notOneOf(text, scalar.values()));
            }
            return text;
        }
        return switch (scalar.form()) {
            case INTEGER -> integer(path, text);
            case DECIMAL -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw new InvalidInputException(
                            path, "\"" + Names.shown(text) + "\" is not a number; for example 0.5");
                }
                yield Double.valueOf(text);
            }
            case FLAG -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw unprocessable(path, notOneOf(text, List.of("true", "false")));
                }
                yield Boolean.valueOf(text);
            }
            case DURATION -> parsed(() -> Durations.parse(path, text));
            case SIZE -> parsed(() -> Memory.parse(path, text));
            case REPOSITORY -> parsed(() -> RepositoryUrl.parse(path, text).identity());
            case SECRET -> secretName(path, text);
            case OF_TYPE, TEXT, NAME, URL -> text;
        };
    }

    // JSON has no integers of its own: 12.0 is one, as JSON Schema has it.
    private static Integer integer(String path, String text) {
        try {
            if (NUMBER.matcher(text).matches()) {
                return new BigDecimal(text).intValueExact();
            }
        } catch (ArithmeticException e) {
            // As told below: it has a fraction, or more than 32 bits.
        }
        throw new InvalidInputException(path, "\"" + Names.shown(text) + "\" is not a whole number");
    }

    // What is no name may be the secret itself, and is not repeated.
    private static String secretName(String path, String text) {
        if (!NAME.matcher(text).matches()) {
            throw unprocessable(
                    path, "must be the name of a stored secret; store one with \"slipway secret set NAME\"");
        }
        return text;
    }

    private static String text(String path, Object written) {
        if (!(written instanceof String text)) {
            throw new InvalidInputException(path, "must be a single value, not a list or a mapping");
        }
        if (!Storable.isText(text)) {
            throw unprocessable(path, "must not contain NUL or an unpaired surrogate");
        }
        return text;
    }

    private static <T> T parsed(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException e) {
            throw unprocessable(e.field(), e.problem());
        }
    }

    private static String notOneOf(String text, Collection<String> words) {
        return "invalid value \"" + Names.shown(text) + "\"; expected one of " + String.join(", ", words);
    }

    static UnprocessableException unprocessable(String path, String problem) {
        return new UnprocessableException(path, path + ": " + problem);
    }

    static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
