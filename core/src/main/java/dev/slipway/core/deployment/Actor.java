package dev.slipway.core.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.text.Storable;

/** The user or system that asked for something, by name. */
public record Actor(@JsonValue String name) {
    /** Whoever has the operator's token. */
    public static final Actor OPERATOR = new Actor("operator");

    /** Slipway itself: a limit that was reached, an environment that lets the next deployment in. */
    public static final Actor SLIPWAY = new Actor("slipway");

    /** Whoever sent a signal with Temporal's own tools. */
    public static final Actor TEMPORAL = new Actor("temporal");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Actor {
        name = Storable.text(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
