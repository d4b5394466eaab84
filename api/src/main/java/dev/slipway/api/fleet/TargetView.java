package dev.slipway.api.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.fleet.PortMapping;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.input.Durations;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target as its document declares it, so that what is read can be applied again. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TargetView(
        String name,
        String node,
        String runtime,
        String component,
        @Nullable String directory,
        @Nullable String container,
        List<String> command,
        Map<String, String> environment,
        List<String> ports,
        @Nullable LimitsView limits,
        @Nullable HealthView health,
        String timeout) {
    static final String PROCESS = "process";
    static final String DOCKER = "docker";

    static TargetView of(Target target) {
        HealthView health = HealthView.of(target.health());
        String timeout = Durations.format(target.timeout());
        return switch (target.runtime()) {
            case TargetRuntime.ProcessRuntime process ->
                new TargetView(
                        target.name(),
                        target.node(),
                        PROCESS,
                        target.component(),
                        process.directory(),
                        null,
                        process.command(),
                        target.environment(),
                        List.of(),
                        null,
                        health,
                        timeout);
            case TargetRuntime.DockerRuntime docker ->
                new TargetView(
                        target.name(),
                        target.node(),
                        DOCKER,
                        target.component(),
                        null,
                        docker.container(),
                        docker.command(),
                        target.environment(),
                        docker.ports().stream().map(PortMapping::toString).toList(),
                        LimitsView.of(docker.limits()),
                        health,
                        timeout);
        };
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitsView(@Nullable Double cpu, @Nullable String memory) {
        static @Nullable LimitsView of(TargetRuntime.Limits limits) {
            Long memory = limits.memory();
            return limits.equals(TargetRuntime.Limits.NONE)
                    ? null
                    : new LimitsView(limits.cpu(), memory == null ? null : Memory.format(memory));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HealthView(
            String type,
            @Nullable URI url,
            @Nullable Integer expectedStatus,
            @Nullable String expectedBody,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable List<String> command,
            String timeout,
            int retries,
            String interval) {
        static @Nullable HealthView of(HealthCheck check) {
            String timeout = Durations.format(check.timeout());
            String interval = Durations.format(check.interval());
            int retries = check.retries();
            return switch (check.probe()) {
                case Probe.Http http ->
                    new HealthView(
                            "http",
                            http.url(),
                            http.expectedStatus(),
                            http.expectedBody(),
                            null,
                            null,
                            null,
                            timeout,
                            retries,
                            interval);
                case Probe.Tcp tcp ->
                    new HealthView("tcp", null, null, null, tcp.host(), tcp.port(), null, timeout, retries, interval);
                case Probe.Command command ->
                    new HealthView(
                            "command", null, null, null, null, null, command.command(), timeout, retries, interval);
                case Probe.Running _ -> null;
            };
        }
    }
}
