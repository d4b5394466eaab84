package dev.slipway.core.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/** The id of a deployment: lower-case letters and digits, in the order of creation. */
public record DeploymentId(@JsonValue String value) {
    public static final String PATTERN = "[0-9a-z]{4,32}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeploymentId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInputException("deployment", "invalid deployment id \"" + Names.shown(value) + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
