package dev.slipway.server.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** The folders in which programs are looked for by their name, as {@code PATH} lists them. */
record SearchPath(String folders) {
    static SearchPath ofEnvironment() {
        return new SearchPath(Objects.toString(System.getenv("PATH"), ""));
    }

    Optional<Path> find(String program) {
        return Arrays.stream(folders.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
