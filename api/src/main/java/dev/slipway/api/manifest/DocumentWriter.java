package dev.slipway.api.manifest;

import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Memory;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Shape;
import dev.slipway.core.manifest.Shape.Dictionary;
import dev.slipway.core.manifest.Shape.Mapping;
import dev.slipway.core.manifest.Shape.Part;
import dev.slipway.core.manifest.Shape.Scalar;
import dev.slipway.core.manifest.Shape.Sequence;
import dev.slipway.core.manifest.Shape.Union;
import dev.slipway.core.resource.Kinds;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a record as the document that declares it, with every default, so that what is read can be applied again. */
public final class DocumentWriter {
    private DocumentWriter() {}

    public static Map<String, Object> document(Record declared) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(Manifests.KIND, Kinds.name(declared.getClass()));
        write(Shape.of(declared.getClass()), declared, document);
        return document;
    }

    private static void write(Mapping shape, Object record, Map<String, Object> document) {
        for (Part part : shape.parts()) {
            Object value = value(part, record);
            if (value == null) {
                continue;
            }
            if (part.shape() instanceof Union union) {
                union.variants().forEach((name, variant) -> {
                    if (variant.type() == value.getClass()) {
                        document.put(part.name(), name);
                        write(variant, value, document);
                    }
                });
                continue;
            }
            Object written = written(part.shape(), value);
            if (!isEmpty(written)) {
                document.put(part.name(), written);
            }
        }
    }

    private static boolean isEmpty(Object written) {
        return switch (written) {
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static Object written(Shape shape, Object value) {
        return switch (shape) {
            case Mapping mapping -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                write(mapping, value, fields);
                yield fields;
            }
            case Union union -> throw new IllegalStateException(union + " has no single value");
            case Sequence sequence ->
                ((Collection<?>) value)
                        .stream()
                                .map(element -> written(sequence.element(), element))
                                .toList();
            case Dictionary dictionary -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((name, each) -> fields.put(String.valueOf(name), written(dictionary.value(), each)));
                yield fields;
            }
            case Scalar scalar -> scalar(scalar.form(), value);
        };
    }

    private static Object scalar(Form form, Object value) {
        return switch (value) {
            case Duration duration -> Durations.format(duration);
            case Long bytes when form == Form.SIZE -> Memory.format(bytes);
            case Enum<?> constant -> Shape.word(constant);
            case RepositoryUrl repository -> repository.url();
            case Integer number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }

    private static @Nullable Object value(Part part, Object record) {
        try {
            return part.component().getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
