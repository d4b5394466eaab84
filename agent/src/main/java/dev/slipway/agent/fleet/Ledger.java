package dev.slipway.agent.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Every change that took effect at one target, a line each; never rewritten. */
final class Ledger {
    enum Action {
        @JsonProperty("apply")
        APPLY,
        @JsonProperty("remove")
        REMOVE
    }

    /** {@code digest} and {@code revision} are null for a removal. */
    record Line(
            Instant at,
            DeploymentId deployment,
            Action action,
            String fence,
            @Nullable Digest digest,
            @Nullable String revision) {
        boolean tellsOf(Action sought, String soughtFence) {
            return action == sought && fence.equals(soughtFence);
        }
    }

    private static final JsonMapper JSON = Payloads.json();

    private final Path file;
    private Optional<Line> last;

    Ledger(Path file) {
        this.file = file;
        this.last = read(file);
    }

    /** Whether the line was missing. */
    boolean applied(Installed.Origin origin, RevisionRecord revision) {
        return add(new Line(
                Instant.now(),
                origin.deployment(),
                Action.APPLY,
                origin.fence().toString(),
                revision.artifact().digest(),
                revision.id()));
    }

    /** Whether the line was missing. */
    boolean removed(Installed.Origin origin) {
        return add(new Line(
                Instant.now(),
                origin.deployment(),
                Action.REMOVE,
                origin.fence().toString(),
                null,
                null));
    }

    /** Adds {@code line}, unless the last one tells of the same change. */
    private synchronized boolean add(Line line) {
        if (last.filter(before -> before.tellsOf(line.action(), line.fence())).isPresent()) {
            return false;
        }
        DurableFiles.appendLine(file, JSON.writeValueAsString(line));
        last = Optional.of(line);
        return true;
    }

    private static Optional<Line> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", file, e);
        }
        return lines.reversed().stream().flatMap(line -> parse(line).stream()).findFirst();
    }

    /** Empty for a line that a crash cut short. */
    private static Optional<Line> parse(String line) {
        try {
            return Optional.of(JSON.readValue(line, Line.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
