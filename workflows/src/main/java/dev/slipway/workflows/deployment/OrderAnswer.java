package dev.slipway.workflows.deployment;

import dev.slipway.core.message.Message;
import org.jspecify.annotations.Nullable;

/** Whether a deployment obeys an order; {@code refusal} says why not. */
public record OrderAnswer(@Nullable Message refusal) {
    public static final OrderAnswer ACCEPTED = new OrderAnswer(null);

    public static OrderAnswer refused(Message why) {
        return new OrderAnswer(why);
    }
}
