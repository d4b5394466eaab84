package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is applied, as one text: the documents of all sources together, so that all of them happen or none. */
record Manifest(String contentType, String text) {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String SEPARATOR = "\n---\n";

    static Manifest of(List<String> sources, Path directory, InputStream standardInput) {
        List<String> texts = new ArrayList<>();
        boolean onlyJson = true;
        for (String source : sources) {
            if (source.equals("-")) {
                String text = read(standardInput);
                onlyJson &= text.stripLeading().startsWith("{");
                texts.add(text);
                continue;
            }
            for (Path file : files(directory.resolve(source))) {
                onlyJson &= file.toString().endsWith(".json");
                texts.add(read(file));
            }
        }
        if (texts.stream().allMatch(String::isBlank)) {
            throw CommandException.failed(
                    "there is nothing to apply in " + String.join(", ", sources),
                    "what belongs there: slipway explain");
        }
        // JSON documents read as YAML where they come with others.
        return new Manifest(onlyJson && texts.size() == 1 ? JSON : YAML, String.join(SEPARATOR, texts));
    }

    private static List<Path> files(Path source) {
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        try (Stream<Path> entries = Files.list(source)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream()
                            .anyMatch(ending ->
                                    file.toString().toLowerCase(Locale.ROOT).endsWith(ending)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw CommandException.failed(source + " has no .yaml, .yml or .json file in it", null);
            }
            return files;
        } catch (IOException e) {
            throw CommandException.failed("cannot list " + source + ": " + e.getMessage(), null);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CommandException.failed("there is no file " + file, null);
        } catch (CharacterCodingException e) {
            throw CommandException.failed(file + " is no text in UTF-8", null);
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + file + ": " + e.getMessage(), null);
        }
    }

    private static String read(InputStream standardInput) {
        try {
            return new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandException.failed("cannot read standard input: " + e.getMessage(), null);
        }
    }
}
