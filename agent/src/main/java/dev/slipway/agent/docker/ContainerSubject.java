package dev.slipway.agent.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.health.CommandOutput;
import dev.slipway.agent.health.Subject;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Durations;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container, as a health check sees it. Commands run inside it. */
record ContainerSubject(
        DockerCalls docker, Containers containers, ContainerLogs logs, TargetKey target, String name, Mask mask)
        implements Subject {
    @Override
    public Life life() {
        Optional<InspectContainerResponse> found = containers.find(target, name);
        if (found.isEmpty()) {
            return new Life(false, Duration.ZERO, 0, "is gone");
        }
        ContainerState state = found.get().getState();
        boolean running = isRunning(state);
        boolean ended = "exited".equals(state.getStatus()) || "dead".equals(state.getStatus());
        Integer restarts = found.get().getRestartCount();
        return new Life(
                running,
                running ? since(state.getStartedAt()) : Duration.ZERO,
                (restarts == null ? 0 : restarts) + (ended ? 1 : 0),
                described(state));
    }

    static boolean isRunning(ContainerState state) {
        return Boolean.TRUE.equals(state.getRunning()) && !Boolean.TRUE.equals(state.getRestarting());
    }

    static String described(ContainerState state) {
        if (Boolean.TRUE.equals(state.getOOMKilled())) {
            return "was killed because it used more memory than its limit";
        }
        String error = state.getError();
        return "exited with code " + state.getExitCodeLong()
                + (error == null || error.isBlank() ? "" : " (" + error.strip() + ")");
    }

    @Override
    public Exit run(List<String> command, Duration timeout) throws InterruptedException {
        try {
            return runInside(command, timeout);
        } catch (SlipwayException e) {
            // It restarts, has ended or is gone. That is what the probe is to find out, and may be otherwise for the
            // next.
            if (e.getCause() instanceof ConflictException || e.getCause() instanceof NotFoundException) {
                return new Exit(false, "could not be run: the container is not running");
            }
            throw e;
        }
    }

    private Exit runInside(List<String> command, Duration timeout) throws InterruptedException {
        String exec = docker.call(
                        "run a command in container " + name,
                        client -> client.execCreateCmd(name)
                                .withAttachStdout(true)
                                .withAttachStderr(true)
                                .withCmd(command.toArray(String[]::new))
                                .exec())
                .getId();
        CommandOutput output = new CommandOutput(mask);
        try (ResultCallback.Adapter<Frame> reader = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                output.add(frame.getPayload(), frame.getPayload().length);
            }
        }) {
            docker.call(
                    "run a command in container " + name,
                    client -> client.execStartCmd(exec).exec(reader));
            if (!docker.ends("run a command in container " + name, reader, timeout)) {
                return new Exit(false, "did not end within " + Durations.format(timeout) + output.said());
            }
            output.end();
        } catch (IOException e) {
            return new Exit(false, "could not be run: " + e.getMessage());
        }
        Long code = docker.call(
                        "inspect a command in container " + name,
                        client -> client.inspectExecCmd(exec).exec())
                .getExitCodeLong();
        return new Exit(code != null && code == 0, "exited with code " + code + output.said());
    }

    @Override
    public List<String> lastOutput() {
        return containers.find(target, name).isEmpty() ? List.of() : logs.lastLines(name, mask);
    }

    private static Duration since(@Nullable String timestamp) {
        if (timestamp == null) {
            return Duration.ZERO;
        }
        try {
            return Duration.between(Instant.parse(timestamp), Instant.now());
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
