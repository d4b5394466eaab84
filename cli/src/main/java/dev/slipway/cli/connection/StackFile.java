package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the supervisor of a stack writes about it: {@code stack.json} of a data directory. {@code writtenAt} is when;
 * a process that is younger cannot be one that the file names.
 */
public record StackFile(Path data, JsonNode content, Instant writtenAt) {
    private static final String NAME = "stack.json";
    private static final int LONGEST = 1 << 20;

    /** The stack of this data directory; empty where none has ever been started. */
    public static Optional<StackFile> in(Path data) {
        Path file = data.resolve(NAME);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > LONGEST) {
                throw CommandException.failed(file + " is too large to be what it should be", null);
            }
            JsonNode content = Json.parse(Files.readString(file));
            return Optional.of(
                    new StackFile(data, content, Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException | JacksonException e) {
            throw CommandException.failed(
                    "cannot read " + file + ": " + e.getMessage(),
                    "stop and start the stack to have it written again: slipway down, slipway up");
        }
    }

    public String url() {
        return Json.text(content, "url");
    }

    public String state() {
        return Json.text(content, "state");
    }

    /** The operator's token; empty where there is none to read. */
    public Optional<String> token() {
        Path file = data.resolve(Json.text(content, "tokenFile"));
        try {
            // A data directory may come with a repository of somebody else's: it must not name a file outside of it.
            if (!file.toRealPath().startsWith(data.toRealPath())) {
                return Optional.empty();
            }
            String token = Files.readString(file).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Processes of the stack that are alive, by name, in the order of the file. */
    public Map<String, StackProcess> alive() {
        Map<String, StackProcess> alive = new LinkedHashMap<>();
        content.path("processes").forEachEntry((name, pid) -> {
            if (pid.isIntegralNumber()) {
                StackProcess.find(pid.longValue(), writtenAt).ifPresent(process -> alive.put(name, process));
            }
        });
        return alive;
    }
}
