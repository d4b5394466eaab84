package dev.slipway.agent.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What containers print. */
final class ContainerLogs {
    private static final int TAIL_LINES = 5;

    // A line may come in several, and with those of another stream in between.
    private static final int TAIL_FRAMES = 64;

    private static final int WAIT_SECONDS = 5;

    private final DockerCalls docker;
    private final Map<TargetKey, Position> positions = new ConcurrentHashMap<>();

    /** How far the lines of a container were read: up to this timestamp, as Docker writes it. */
    private record Position(String container, String timestamp) {}

    ContainerLogs(DockerCalls docker) {
        this.docker = docker;
    }

    /** Passes over what {@code container}, which may be none, has printed until now. */
    void skip(TargetKey target, String container) {
        positions.put(target, new Position(container, Instant.now().toString()));
    }

    /** The lines since the last call, masked; all of a container that has taken the place of another since. */
    List<OutputLine> newLines(TargetKey target, String container, Mask mask) {
        Position before = positions.get(target);
        if (before == null) {
            skip(target, container);
            return List.of();
        }
        String from = before.container().equals(container) ? before.timestamp() : "";
        FrameLines frames = new FrameLines(Integer.MAX_VALUE);
        read(container, command -> command.withSince(from.isEmpty() ? 0 : seconds(from)), frames);
        // A line that is still coming is told as far as it came: its rest is as old as its beginning.
        List<FrameLines.Line> lines = frames.lines().stream()
                .filter(line -> line.timestamp().compareTo(from) > 0)
                .toList();
        if (!lines.isEmpty()) {
            positions.put(target, new Position(container, lines.getLast().timestamp()));
        }
        return lines.stream()
                .map(line -> new OutputLine(line.stream(), mask.apply(line.text())))
                .toList();
    }

    /** The last lines, masked. */
    List<String> lastLines(String container, Mask mask) {
        FrameLines frames = new FrameLines(TAIL_FRAMES);
        read(container, command -> command.withTail(TAIL_FRAMES), frames);
        List<String> lines = frames.lines().stream()
                .map(FrameLines.Line::text)
                .filter(text -> !text.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                .map(mask::apply)
                .toList();
    }

    private void read(String container, UnaryOperator<LogContainerCmd> which, FrameLines frames) {
        try (ResultCallback.Adapter<Frame> reader = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                frames.add(frame);
            }
        }) {
            docker.call(
                    "read the log of container " + container,
                    client -> which.apply(client.logContainerCmd(container)
                                    .withStdOut(true)
                                    .withStdErr(true)
                                    .withTimestamps(true))
                            .exec(reader));
            reader.awaitCompletion(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw docker.unavailable("read the log of container " + container, e);
        }
    }

    private static int seconds(String timestamp) {
        return (int) Instant.parse(timestamp).getEpochSecond();
    }
}
