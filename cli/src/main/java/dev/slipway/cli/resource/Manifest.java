package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What is applied, as one text: the documents of all sources together, so that all of them happen or none. */
record Manifest(String contentType, String text) {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String SEPARATOR = "\n---\n";

    static Manifest of(List<String> sources, Path directory, InputStream standardInput) {
        List<String> documents = new ArrayList<>();
        boolean onlyJson = true;
        for (String source : sources) {
            if (source.equals("-")) {
                String text = read(standardInput);
                boolean json = text.stripLeading().startsWith("{")
                        || text.stripLeading().startsWith("[");
                documents.addAll(json ? ofJson("standard input", text) : List.of(text));
                onlyJson &= json;
                continue;
            }
            for (Path file : files(directory.resolve(source))) {
                boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
                documents.addAll(json ? ofJson(file.toString(), read(file)) : List.of(read(file)));
                onlyJson &= json;
            }
        }
        if (documents.stream().allMatch(String::isBlank)) {
            throw CommandException.failed(
                    "there is nothing to apply in " + String.join(", ", sources),
                    "what belongs there: slipway explain");
        }
        // JSON documents read as YAML where they come with others.
        return onlyJson
                ? new Manifest(JSON, "[" + String.join(",", documents) + "]")
                : new Manifest(YAML, String.join(SEPARATOR, documents));
    }

    /** One document, or those of an array. */
    private static List<String> ofJson(String source, String text) {
        try {
            JsonNode content = Json.parseExactly(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            List<String> documents = new ArrayList<>();
            if (content.isArray()) {
                content.forEach(document -> documents.add(Json.compact(document)));
            } else if (!content.isMissingNode()) {
                documents.add(Json.compact(content));
            }
            return documents;
        } catch (JacksonException e) {
            throw CommandException.failed(source + " is no JSON: " + e.getOriginalMessage(), null);
        }
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
