package dev.slipway.agent.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.timeline.OutputLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What containers print. */
final class ContainerLogs {
    private static final int TAIL_LINES = 5;
    private static final int WAIT_SECONDS = 5;

    private final DockerCalls docker;
    private final Map<TargetKey, Position> positions = new ConcurrentHashMap<>();

    /** How far the lines of a container were read: up to this timestamp, as Docker writes it. */
    private record Position(String container, String timestamp) {}

    private record Line(String timestamp, OutputLine line) {}

    ContainerLogs(DockerCalls docker) {
        this.docker = docker;
    }

    /** Passes over what {@code container}, which may be none, has printed until now. */
    void skip(TargetKey target, String container) {
        positions.put(target, new Position(container, Instant.now().toString()));
    }

    /** The lines since the last call; all of a container that has taken the place of another since. */
    List<OutputLine> newLines(TargetKey target, String container) {
        Position before = positions.get(target);
        if (before == null) {
            skip(target, container);
            return List.of();
        }
        String from = before.container().equals(container) ? before.timestamp() : "";
        List<Line> lines = read(container, command -> command.withSince(from.isEmpty() ? 0 : seconds(from))).stream()
                .filter(line -> line.timestamp().compareTo(from) > 0)
                .toList();
        if (!lines.isEmpty()) {
            positions.put(target, new Position(container, lines.getLast().timestamp()));
        }
        return lines.stream().map(Line::line).toList();
    }

    List<String> lastLines(String container) {
        return read(container, command -> command.withTail(TAIL_LINES)).stream()
                .map(line -> line.line().text())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private List<Line> read(String container, UnaryOperator<LogContainerCmd> which) {
        List<Line> lines = Collections.synchronizedList(new ArrayList<>());
        try (ResultCallback.Adapter<Frame> reader = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                lines.add(line(frame));
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
        return List.copyOf(lines);
    }

    private static Line line(Frame frame) {
        String text = new String(frame.getPayload(), StandardCharsets.UTF_8).stripTrailing();
        int space = text.indexOf(' ');
        String stream = frame.getStreamType() == StreamType.STDERR ? "stderr" : "stdout";
        return space < 0
                ? new Line(text, new OutputLine(stream, ""))
                : new Line(text.substring(0, space), new OutputLine(stream, text.substring(space + 1)));
    }

    private static int seconds(String timestamp) {
        return (int) Instant.parse(timestamp).getEpochSecond();
    }
}
