package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;

/**
 * The failures of a route that are its own. What every route of its form can answer, such as 401 or 415, is known
 * without it, and so are an unknown {@code DeploymentId} and a reused {@code Idempotency-Key}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fails {
    FailureType[] value() default {};

    /** Statuses of HTTP for which the catalogue has no type. */
    HttpStatus[] statuses() default {};

    /** Whether a well-formed request can have values that are refused, with 422 and {@code invalid-input}. */
    boolean unprocessable() default false;
}
