package dev.slipway.api.manifest;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.manifest.Shape;
import dev.slipway.core.manifest.Shape.Dictionary;
import dev.slipway.core.manifest.Shape.Mapping;
import dev.slipway.core.manifest.Shape.Part;
import dev.slipway.core.manifest.Shape.Scalar;
import dev.slipway.core.manifest.Shape.Sequence;
import dev.slipway.core.manifest.Shape.Union;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a document as the record of its kind, or says which of its fields is at fault, and where that stands. */
final class DocumentReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DocumentReader() {}

    /** {@code label} tells the document from others in errors. */
    static <T extends Record> T read(Class<T> type, Document document, String label) {
        try {
            Mapping shape = Shape.of(type);
            return made(type, shape, FieldReader.read(shape, document.content(), "", List.of(Manifests.KIND)));
        } catch (UnprocessableException e) {
            String field = String.valueOf(e.field());
            throw new UnprocessableException(label + field, label + e.getMessage() + where(document, field));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(label + e.field(), e.problem() + where(document, e.field()));
        }
    }

    private static String where(Document document, String field) {
        OptionalInt line = document.line(field);
        return line.isPresent() ? " (line " + line.getAsInt() + ")" : "";
    }

    private static <T> T made(Class<T> type, Mapping shape, Map<String, Object> fields) {
        try {
            return JSON.convertValue(fields, type);
        } catch (DatabindException e) {
            throw refused(shape, e);
        }
    }

    private static UnprocessableException refused(Mapping shape, DatabindException e) {
        StringBuilder path = new StringBuilder();
        @Nullable Shape at = shape;
        for (Reference step : e.getPath()) {
            at = at == null ? null : step(at, step, path);
        }
        // What the constructor of a record refuses is told from the record on.
        boolean inside = at instanceof Mapping || at instanceof Union;
        if (e.getCause() instanceof InvalidInputException refused) {
            String field = inside ? FieldReader.at(path.toString(), refused.field()) : path.toString();
            return FieldReader.unprocessable(field, refused.problem());
        }
        return FieldReader.unprocessable(path.toString(), "is malformed");
    }

    private static @Nullable Shape step(Shape shape, Reference step, StringBuilder path) {
        return switch (shape) {
            case Mapping mapping -> within(mapping.parts().stream(), step, path);
            case Union union ->
                within(union.variants().values().stream().flatMap(variant -> variant.parts().stream()), step, path);
            case Sequence sequence -> {
                path.append('[').append(step.getIndex()).append(']');
                yield sequence.element();
            }
            case Dictionary dictionary -> {
                path.append('.').append(step.getPropertyName());
                yield dictionary.value();
            }
            case Scalar _ -> null;
        };
    }

    private static @Nullable Shape within(Stream<Part> parts, Reference step, StringBuilder path) {
        Part part = parts.filter(each -> each.component().getName().equals(step.getPropertyName()))
                .findFirst()
                .orElse(null);
        // The fields of a variant lie beside those of the mapping that it belongs to.
        if (part != null && !(part.shape() instanceof Union)) {
            path.append(path.isEmpty() ? "" : ".").append(part.name());
        }
        return part == null ? null : part.shape();
    }
}
