package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code stack.json}: readers see the old one or the new one, never half of it. */
record StackFile(Path path) {
    static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Empty when there is none, or none that this version can read. */
    Optional<Stack> read() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(path), Stack.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    void write(Stack stack) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".new");
        Files.write(draft, JSON.writeValueAsBytes(stack));
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
