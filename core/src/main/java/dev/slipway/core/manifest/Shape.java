package dev.slipway.core.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a value of a manifest looks like, as the types of the records say. */
public sealed interface Shape {
    /** One value; {@code values} are the only ones that it may have, empty where there are others. */
    record Scalar(Class<?> type, Form form, List<String> values) implements Shape {}

    /** A list. */
    record Sequence(Shape element) implements Shape {}

    /** A mapping of names that the user chooses. */
    record Dictionary(Shape value) implements Shape {}

    /**
     * One of several mappings, as a sealed interface with {@link JsonSubTypes} declares them. In documents its fields lie
     * beside those of the mapping that it belongs to, whose field of this shape tells which of them it is.
     *
     * @param tag as JSON that is no document has it
     */
    record Union(String tag, Map<String, Mapping> variants) implements Shape {}

    /** The fields of a record, in its order. */
    record Mapping(Class<?> type, List<Part> parts) implements Shape {
        private static final ClassValue<Mapping> CACHE = new ClassValue<>() {
            @Override
            protected Mapping computeValue(Class<?> type) {
                return new Mapping(
                        type,
                        Arrays.stream(type.getRecordComponents()).map(Part::of).toList());
            }
        };

        /** The fields that may stand in a document, with those of every variant. */
        public List<String> names() {
            return parts.stream()
                    .flatMap(part -> Stream.concat(
                            Stream.of(part.name()),
                            part.shape() instanceof Union union
                                    ? union.variants().values().stream().flatMap(variant -> variant.names().stream())
                                    : Stream.empty()))
                    .distinct()
                    .toList();
        }
    }

    /** One component of a record, and the field that it is. */
    record Part(RecordComponent component, Field field, Shape shape) {
        static Part of(RecordComponent component) {
            Field field = Objects.requireNonNull(
                    component.getAnnotation(Field.class), () -> component + " is not described by @Field");
            return new Part(component, field, Shape.of(component.getGenericType(), field.form()));
        }

        public String name() {
            return field.name().isEmpty() ? component.getName() : field.name();
        }

        public Optional<String> defaultValue() {
            return field.defaultValue().isEmpty() ? Optional.empty() : Optional.of(field.defaultValue());
        }

        /** Whether a document must have the field. */
        public boolean isRequired() {
            boolean many = shape instanceof Sequence || shape instanceof Dictionary;
            return field.notEmpty() || !(many || isOptional() || defaultValue().isPresent());
        }

        private boolean isOptional() {
            return !field.otherwise().isEmpty() || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        }
    }

    /** What the field {@code kind} says of the documents of a record. */
    static String kind(Class<?> type) {
        return type.getSimpleName();
    }

    /** The shape of a record whose components are described by {@link Field}. */
    static Mapping of(Class<?> type) {
        return Mapping.CACHE.get(type);
    }

    private static Shape of(Type type, Form form) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Shape last = of(arguments[arguments.length - 1], form);
            return generic.getRawType() == Map.class ? new Dictionary(last) : new Sequence(last);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isInterface()) {
            return union(raw);
        }
        // Records without a description are read from one text.
        if (raw.isRecord()
                && Arrays.stream(raw.getRecordComponents()).allMatch(part -> part.isAnnotationPresent(Field.class))) {
            return of(raw);
        }
        return new Scalar(raw, form == Form.OF_TYPE ? Form.of(raw) : form, raw.isEnum() ? words(raw) : List.of());
    }

    private static Union union(Class<?> type) {
        JsonTypeInfo info = Objects.requireNonNull(type.getAnnotation(JsonTypeInfo.class));
        JsonSubTypes types = Objects.requireNonNull(type.getAnnotation(JsonSubTypes.class));
        Map<String, Mapping> variants = new LinkedHashMap<>();
        for (JsonSubTypes.Type variant : types.value()) {
            variants.put(variant.name(), of(variant.value()));
        }
        return new Union(info.property(), variants);
    }

    private static List<String> words(Class<?> type) {
        List<String> words = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            words.add(word((Enum<?>) constant));
        }
        return words;
    }

    /** The word that stands for a constant. */
    static String word(Enum<?> constant) {
        try {
            JsonProperty named =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return named == null ? constant.name().toLowerCase(Locale.ROOT) : named.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
