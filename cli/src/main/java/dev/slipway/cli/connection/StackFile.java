package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the supervisor of a stack writes about it: {@code stack.json} of a data directory. {@code writtenAt} is when;
 * a process that is younger cannot be one that the file names.
 */
public record StackFile(Path data, Map<String, String> fields, Map<String, Long> processes, Instant writtenAt) {
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
                throw CommandException.failed(file + " is too large for a stack file", null);
            }
            Map<String, String> fields = new LinkedHashMap<>();
            Map<String, Long> processes = new LinkedHashMap<>();
            read(Files.readString(file), fields, processes);
            return Optional.of(new StackFile(
                    data, fields, processes, Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException | JacksonException e) {
            throw CommandException.failed(
                    "cannot read " + file + ": " + e.getMessage(),
                    "restart the stack to recreate it: slipway down, slipway up");
        }
    }

    /** Token by token: a tree, and the mapper that makes one, would be half of the time that "slipway status" takes. */
    private static void read(String text, Map<String, String> fields, Map<String, Long> processes) {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("processes") && value == JsonToken.START_OBJECT) {
                    readProcesses(json, processes);
                } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    fields.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static void readProcesses(JsonParser json, Map<String, Long> processes) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                processes.put(name, json.getLongValue());
            } else {
                json.skipChildren();
            }
        }
    }

    public String url() {
        return text("url");
    }

    public String state() {
        return text("state");
    }

    /** The text of a field; empty where it is missing. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** The operator's token; empty where there is none to read. */
    public Optional<String> token() {
        Path file = data.resolve(text("tokenFile"));
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
        processes.forEach(
                (name, pid) -> StackProcess.find(pid, writtenAt).ifPresent(process -> alive.put(name, process)));
        return alive;
    }
}
