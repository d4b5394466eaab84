package dev.slipway.core.manifest;

import dev.slipway.core.manifest.Shape.Dictionary;
import dev.slipway.core.manifest.Shape.Mapping;
import dev.slipway.core.manifest.Shape.Part;
import dev.slipway.core.manifest.Shape.Scalar;
import dev.slipway.core.manifest.Shape.Sequence;
import dev.slipway.core.manifest.Shape.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One field, as people read of it.
 *
 * @param path from the document on, such as {@code targets.health.url}
 * @param only the choice that the field goes with, such as {@code runtime: process}; empty where it is always there
 * @param type the values that it takes; words in code stand between backquotes
 * @param absent what applies without it; empty where it is required
 */
public record Explanation(String path, String only, String type, String absent, String text) {
    /** The fields of a kind, in order, those within others behind them. */
    public static List<Explanation> of(Class<? extends Record> kind) {
        List<Explanation> all = new ArrayList<>();
        add(all, "", "", Shape.of(kind));
        return all;
    }

    private static void add(List<Explanation> all, String prefix, String only, Mapping mapping) {
        for (Part part : mapping.parts()) {
            String path = prefix + part.name();
            all.add(new Explanation(
                    path, only, type(part), absent(part), part.field().value()));
            switch (part.shape()) {
                case Union union ->
                    union.variants().forEach((name, variant) -> add(all, prefix, part.name() + ": " + name, variant));
                case Mapping inner -> add(all, path + ".", only, inner);
                case Sequence(Mapping inner) -> add(all, path + ".", only, inner);
                case Sequence _, Dictionary _, Scalar _ -> {}
            }
        }
    }

    private static String absent(Part part) {
        if (part.isRequired()) {
            return "";
        }
        return part.defaultValue()
                .map(text -> "`" + text + "`")
                .orElseGet(() -> part.field().otherwise().isEmpty()
                        ? "none"
                        : part.field().otherwise());
    }

    private static String type(Part part) {
        Field field = part.field();
        if (!field.type().isEmpty()) {
            return field.type();
        }
        return switch (part.shape()) {
            case Mapping _ -> "mapping";
            case Union union -> words(List.copyOf(union.variants().keySet()));
            case Sequence(Scalar scalar) -> "list of " + plural(scalar.form());
            case Sequence _ -> "list of mappings";
            case Dictionary _ -> "names and texts";
            case Scalar scalar when !scalar.values().isEmpty() -> words(scalar.values());
            case Scalar scalar -> scalar.form().words() + limits(scalar.form(), field);
        };
    }

    private static String plural(Form form) {
        return form == Form.NAME ? "names" : "texts";
    }

    private static String words(List<String> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    private static String limits(Form form, Field field) {
        String quote = form == Form.DURATION || form == Form.SIZE ? "`" : "";
        if (field.min().isEmpty()) {
            return field.max().isEmpty() ? "" : ", up to " + quote + field.max() + quote;
        }
        String least = quote + field.min() + quote;
        return field.max().isEmpty() ? ", at least " + least : ", " + least + " to " + quote + field.max() + quote;
    }
}
