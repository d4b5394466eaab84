package dev.slipway.agent.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.TargetRuntime.DockerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Containers of targets. One that is not the target's own is never touched. */
final class Containers {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "10m", "max-file", "3");
    private static final double NANOS_OF_CPU = 1e9;

    private final DockerCalls docker;

    Containers(DockerCalls docker) {
        this.docker = docker;
    }

    /** The container {@code name} of {@code target}; refuses one that belongs to somebody else. */
    Optional<InspectContainerResponse> find(TargetKey target, String name) {
        Optional<InspectContainerResponse> found = docker.find(
                "inspect container " + name,
                client -> client.inspectContainerCmd(name).exec());
        found.ifPresent(container -> requireOwn(target, name, labels(container)));
        return found;
    }

    static Map<String, String> labels(InspectContainerResponse container) {
        Map<String, String> labels = container.getConfig().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** Makes a container that is not started yet. */
    void create(TargetKey target, RevisionRecord revision, Installed.Origin origin, String name, String image) {
        DockerRuntime runtime = (DockerRuntime) revision.runtime();
        docker.call("create container " + name, client -> {
            CreateContainerCmd command = client.createContainerCmd(image)
                    .withName(name)
                    .withLabels(Labels.of(target, revision, origin))
                    .withEnv(environment(target, revision))
                    .withExposedPorts(runtime.ports().stream()
                            .map(port -> ExposedPort.tcp(port.containerPort()))
                            .toList())
                    .withHostConfig(hostConfig(runtime));
            if (!runtime.command().isEmpty()) {
                command.withCmd(runtime.command());
            }
            return command.exec();
        });
    }

    void start(String name) {
        docker.run("start container " + name, client -> {
            try {
                client.startContainerCmd(name).exec();
            } catch (NotModifiedException e) {
                // An attempt that was killed had started it.
                return;
            }
        });
    }

    /** Stops the container, which may have ended or gone already. */
    void stop(String id) {
        docker.run("stop container " + id, client -> {
            try {
                client.stopContainerCmd(id).withTimeout((int) GRACE.toSeconds()).exec();
            } catch (NotModifiedException | NotFoundException e) {
                // It does not run, which is what was wanted.
                return;
            }
        });
    }

    /** Removes the container. Data in volumes without a name outlives it, so that a person can still get at it. */
    void remove(String id) {
        docker.run("remove container " + id, client -> {
            try {
                client.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                // It is gone, which is what was wanted.
                return;
            }
        });
    }

    void rename(String from, String to) {
        docker.call(
                "rename container " + from,
                client -> client.renameContainerCmd(from).withName(to).exec());
    }

    private static void requireOwn(TargetKey target, String name, Map<String, String> labels) {
        Optional<TargetKey> owner = Labels.owner(labels);
        if (owner.isEmpty()) {
            throw new SlipwayException(
                    FailureType.DOCKER_REFUSED,
                    "Container \"" + name
                            + "\" already exists and was not created by Slipway. Rename or remove it (docker rm -f "
                            + name
                            + "), or set another container name for target " + target + ".");
        }
        if (!owner.get().equals(target)) {
            throw new SlipwayException(
                    FailureType.DOCKER_REFUSED,
                    "Container \"" + name + "\" belongs to target " + owner.get()
                            + ". Set another container name for target " + target + ".");
        }
    }

    private static List<String> environment(TargetKey target, RevisionRecord revision) {
        Map<String, String> environment = new TreeMap<>(revision.environment());
        environment.put("SLIPWAY_ENVIRONMENT", target.environment());
        environment.put("SLIPWAY_TARGET", target.target());
        environment.put("SLIPWAY_VERSION", revision.version());
        environment.put("SLIPWAY_DIGEST", revision.artifact().digest().value());
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static HostConfig hostConfig(DockerRuntime runtime) {
        Ports bindings = new Ports();
        runtime.ports()
                .forEach(port -> bindings.add(new PortBinding(
                        Ports.Binding.bindIpAndPort(port.address(), port.hostPort()),
                        ExposedPort.tcp(port.containerPort()))));
        HostConfig config = new HostConfig()
                .withPortBindings(bindings)
                .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS));
        Double cpu = runtime.limits().cpu();
        if (cpu != null) {
            config.withNanoCPUs(Math.round(cpu * NANOS_OF_CPU));
        }
        Long memory = runtime.limits().memory();
        return memory == null ? config : config.withMemory(memory);
    }
}
