package dev.slipway.core.manifest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a record that is declared by documents of its own: their {@code kind} is its simple name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
    /** What such a document declares, in a sentence. */
    String value();

    /** Fields of which a document has exactly one. */
    String[] oneOf() default {};
}
