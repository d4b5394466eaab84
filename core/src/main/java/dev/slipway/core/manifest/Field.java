package dev.slipway.core.manifest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record as the field of a manifest that it is. The reader, the JSON Schema, {@code slipway
 * explain} and the reference take what they say from here. The record's constructor enforces the limits.
 *
 * <p>A field is required unless it is {@link org.jspecify.annotations.Nullable}, a list or a mapping, or has a default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** What it is for, in sentences. */
    String value();

    /** As documents spell it, where the component has another name. */
    String name() default "";

    Form form() default Form.OF_TYPE;

    /** The value that applies without the field, as a document would write it. */
    String defaultValue() default "";

    /** In words, what applies without the field. The constructor gets null, and sees to it. */
    String otherwise() default "";

    String min() default "";

    String max() default "";

    /** The values that are taken in words, where the form alone does not say it. */
    String type() default "";

    /** A list or mapping that must not be empty. */
    boolean notEmpty() default false;
}
