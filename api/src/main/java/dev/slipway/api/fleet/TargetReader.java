package dev.slipway.api.fleet;

import dev.slipway.api.manifest.Fields;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.PortMapping;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one target of an environment's document. */
final class TargetReader {
    private TargetReader() {}

    static Target read(Fields fields) {
        String name = fields.text("name");
        String node = fields.text("node");
        String component = fields.text("component");
        Supplier<TargetRuntime> runtime = runtime(fields, fields.text("runtime"));
        Map<String, String> environment = fields.textByName("environment");
        Fields health = fields.optionalObject("health");
        Supplier<HealthCheck> check = health == null ? () -> HealthCheck.RUNNING : HealthReader.read(health);
        String timeout = fields.optionalText("timeout");
        fields.done();
        return fields.make(() -> new Target(
                name,
                node,
                component,
                runtime.get(),
                environment,
                check.get(),
                duration("timeout", timeout, Target.DEFAULT_TIMEOUT)));
    }

    private static Supplier<TargetRuntime> runtime(Fields fields, String type) {
        List<String> command = fields.texts("command");
        return switch (type) {
            case TargetView.PROCESS -> {
                String directory = fields.text("directory");
                yield () -> new TargetRuntime.ProcessRuntime(directory, command);
            }
            case TargetView.DOCKER -> {
                String container = fields.text("container");
                List<String> ports = fields.texts("ports");
                Fields limits = fields.optionalObject("limits");
                Supplier<TargetRuntime.Limits> bounds =
                        limits == null ? () -> TargetRuntime.Limits.NONE : limits(limits);
                yield () -> new TargetRuntime.DockerRuntime(container, command, ports(ports), bounds.get());
            }
            default ->
                fields.make(() -> {
                    throw new InvalidInputException(
                            "runtime", "\"" + Names.shown(type) + "\" is not one of process, docker");
                });
        };
    }

    private static List<PortMapping> ports(List<String> texts) {
        List<PortMapping> ports = new ArrayList<>();
        for (String text : texts) {
            ports.add(PortMapping.parse("ports[" + ports.size() + "]", text));
        }
        return ports;
    }

    private static Supplier<TargetRuntime.Limits> limits(Fields fields) {
        Double cpu = fields.optionalDecimal("cpu");
        String memory = fields.optionalText("memory");
        fields.done();
        return () -> new TargetRuntime.Limits(cpu, memory == null ? null : Memory.parse("limits.memory", memory));
    }

    static Duration duration(String field, @Nullable String text, Duration standard) {
        return text == null ? standard : Durations.parse(field, text);
    }
}
