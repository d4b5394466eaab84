package dev.slipway.core.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of every message, in one language. In a text, {@code {name}} is an argument, {@code {n:target|targets}} is the
 * first word where the argument {@code n} is 1 and the second otherwise, and {@code [ by {actor}]} is left out where one
 * of its arguments is missing. {@code {parts}} are the parts of the message.
 */
public final class Catalogue {
    /** The one language there is. */
    public static final Catalogue ENGLISH = read("messages.properties");

    private static final String PARTS = "{parts}";
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)(?::([^|{}]*)\\|([^|{}]*))?}");

    private final Properties texts;

    private Catalogue(Properties texts) {
        this.texts = texts;
    }

    private static Catalogue read(String file) {
        Properties texts = new Properties();
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(file), file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Catalogue(texts);
    }

    /** The codes that have words. */
    public Set<String> codes() {
        return texts.stringPropertyNames();
    }

    /**
     * The words of {@code message}, and of its parts where the text has {@code {parts}}, otherwise behind it. One of a later
     * version, whose code is not known here, shows its code and arguments.
     */
    public String words(Message message) {
        String text = texts.getProperty(message.code());
        String words = text == null ? message.code() + " " + message.args() : filled(text, message);
        if (message.parts().isEmpty() || (text != null && text.contains(PARTS))) {
            return words;
        }
        return Stream.concat(Stream.of(words), message.parts().stream().map(this::words))
                .map(Catalogue::withoutStop)
                .collect(Collectors.joining(". "));
    }

    // Words from outside may end in one.
    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private String filled(String text, Message message) {
        String chosen =
                OPTIONAL.matcher(text).replaceAll(part -> Matcher.quoteReplacement(optional(part.group(1), message)));
        String filled = ARGUMENT.matcher(chosen).replaceAll(part -> Matcher.quoteReplacement(argument(part, message)));
        return filled.replace(
                "\u0000", message.parts().stream().map(this::words).collect(Collectors.joining("; ")));
    }

    private static String optional(String part, Message message) {
        return ARGUMENT.matcher(part).results().allMatch(arg -> message.args().containsKey(arg.group(1))) ? part : "";
    }

    private static String argument(MatchResult part, Message message) {
        if (part.group().equals(PARTS)) {
            // No argument can hold it, so what an argument says is never taken for a place of its own.
            return "\u0000";
        }
        String value = message.args().getOrDefault(part.group(1), "");
        return part.group(2) == null ? value : value.equals("1") ? part.group(2) : part.group(3);
    }
}
