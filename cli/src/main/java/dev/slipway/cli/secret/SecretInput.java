package dev.slipway.cli.secret;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.terminal.Streams;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads a value that nobody else is to see. */
final class SecretInput {
    private static final int LARGEST = 64 << 10;

    private final Streams streams;
    private final Function<String, Optional<char[]>> hidden;

    /** {@code hidden} shows a question and reads the answer without showing it; empty at the end of the input. */
    SecretInput(Streams streams, Function<String, Optional<char[]>> hidden) {
        this.streams = streams;
        this.hidden = hidden;
    }

    /** From standard input; {@code ask}: with a question, where a person types it. */
    String read(String name, boolean ask) {
        if (ask && streams.inIsKeyboard()) {
            return ask(name);
        }
        return read("standard input", streams.in());
    }

    String ask(String name) {
        return hidden.apply("Value of " + name + " (not shown): ")
                .map(String::new)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> CommandException.failed("missing value", null));
    }

    static Optional<char[]> askHidden(String question) {
        // Its input and its output: without both, what is typed would be shown.
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> CommandException.failed(
                        "this terminal cannot hide the input", "give the value with --from-file FILE"));
        return Optional.ofNullable(console.readPassword("%s", question));
    }

    static String readFile(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return read(file.toString(), content);
        } catch (NoSuchFileException e) {
            throw CommandException.failed("no such file: " + file, null);
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + file + ": " + e.getMessage(), null);
        }
    }

    private static String read(String source, InputStream content) {
        try {
            byte[] bytes = content.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw CommandException.failed(
                        source + " is larger than the limit of " + (LARGEST >> 10) + " KiB", null);
            }
            return nonEmpty(
                    source,
                    withoutLineEnd(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()));
        } catch (CharacterCodingException e) {
            throw CommandException.failed(source + " is not UTF-8 text", "encode binary data as Base64");
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + source + ": " + e.getMessage(), null);
        }
    }

    private static String nonEmpty(String source, String value) {
        if (value.isEmpty()) {
            throw CommandException.failed("no value in " + source, null);
        }
        return value;
    }

    /** Editors and echo end a token with a newline that is no part of it; a key of many lines needs its last one. */
    static String withoutLineEnd(String text) {
        int end = text.indexOf('\n');
        if (end < 0 || end < text.length() - 1) {
            return text;
        }
        return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
