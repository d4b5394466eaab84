package dev.slipway.core.fleet;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One place of an environment where one component runs. {@code timeout} bounds one deploy step, from a second to a day.
 * {@code command}, {@code environment} and the expected body of the health check may hold the placeholders of
 * {@link Placeholders}.
 */
public record Target(
        @Field(value = "Unique in its environment, for example web-1.", form = Form.NAME)
        String name,

        @Field(
                value =
                        "The node whose agent runs the target. local is the node of slipway up. To list them: slipway get nodes",
                form = Form.NAME)
        String node,

        @Field(value = "Which component of a release runs here.", form = Form.NAME)
        String component,

        @Field(
                "process: the agent unpacks an archive and supervises the process. docker: it runs a container of an image.")
        TargetRuntime runtime,

        @Field("Environment variables. Names are letters, digits and _; values are one line, and may use ${version},"
                + " ${digest} and ${target}. LD_ and DYLD_ variables are refused.")
        Map<String, String> environment,

        @Field(
                value = "How the agent checks, on the node, whether the target works. A target that does not become"
                        + " healthy has failed.",
                otherwise = "it is running, and still is a moment later",
                type = "health check")
        HealthCheck health,

        @Field(value = "The longest that one deploy step may take.", defaultValue = "10m", min = "1s", max = "24h")
        Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    // The dynamic linker would run code of the value's choosing inside every process that inherits these.
    private static final Set<String> LINKER_PREFIXES = Set.of("LD_", "DYLD_");

    public Target {
        Names.requireName("name", name);
        Names.requireName("node", node);
        Names.requireName("component", component);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        environment.forEach(Target::requireVariable);
        health = Objects.requireNonNullElse(health, HealthCheck.RUNNING);
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidInputException("timeout", "must be from 1s to 24h");
        }
    }

    /** What no two targets may share: a directory or a container of one node. */
    public String place() {
        return runtime.place() + " on node " + node;
    }

    private static void requireVariable(String name, String value) {
        String field = "environment." + Names.shown(name);
        if (!VARIABLE.matcher(name).matches()) {
            throw new InvalidInputException(field, "invalid variable name: use letters, digits and _");
        }
        if (LINKER_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw new InvalidInputException(field, "is not allowed: it changes which code programs load");
        }
        Texts.requireLine(field, value);
    }
}
