package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Untrusted;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What is applied, as one text: the documents of all sources together, so that all of them happen or none. */
record Manifest(String contentType, String text, List<Manifest.Part> parts) {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String SEPARATOR = "\n---\n";

    private static final Pattern LINE = Pattern.compile("\\(line (\\d{1,9})\\)$");

    /** What comes from one source. */
    record Part(String source, String text) {}

    static Manifest of(List<String> sources, Path directory, InputStream standardInput) {
        List<Part> parts = new ArrayList<>();
        boolean onlyJson = true;
        for (String source : sources) {
            if (source.equals("-")) {
                String text = read(standardInput);
                boolean json = text.stripLeading().startsWith("{")
                        || text.stripLeading().startsWith("[");
                add(parts, "standard input", json ? ofJson("standard input", text) : List.of(text));
                onlyJson &= json;
                continue;
            }
            for (Path file : files(directory.resolve(source))) {
                boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
                add(parts, source(directory, file), json ? ofJson(file.toString(), read(file)) : List.of(read(file)));
                onlyJson &= json;
            }
        }
        List<String> documents = parts.stream().map(Part::text).toList();
        if (documents.stream().allMatch(String::isBlank)) {
            throw CommandException.failed(
                    "nothing to apply in " + String.join(", ", sources), "the fields of a manifest: slipway explain");
        }
        // JSON documents read as YAML where they come with others.
        return onlyJson
                ? new Manifest(JSON, "[" + String.join(",", documents) + "]", List.of())
                : new Manifest(YAML, String.join(SEPARATOR, documents), parts);
    }

    private static void add(List<Part> parts, String source, List<String> documents) {
        documents.forEach(document -> parts.add(new Part(source, document)));
    }

    private static String source(Path directory, Path file) {
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }

    /** The failure with the file and its line, where it names a line of the whole. */
    CommandException located(CommandException failure) {
        Matcher line = LINE.matcher(failure.text());
        if (!line.find()) {
            return failure;
        }
        long left = Long.parseLong(line.group(1));
        for (Part part : parts) {
            long lines =
                    (part.text() + SEPARATOR).chars().filter(c -> c == '\n').count();
            if (left <= lines) {
                String place = "(" + Untrusted.line(part.source()) + ":" + left + ")";
                return new CommandException(
                        failure.exitCode(),
                        line.replaceFirst(Matcher.quoteReplacement(place)),
                        failure.hint(),
                        failure);
            }
            left -= lines;
        }
        return failure;
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
            throw CommandException.failed(source + " is not valid JSON: " + e.getOriginalMessage(), null);
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
                throw CommandException.failed(source + " contains no .yaml, .yml or .json file", null);
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
            throw CommandException.failed("no such file: " + file, null);
        } catch (CharacterCodingException e) {
            throw CommandException.failed(file + " is not UTF-8 text", null);
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
