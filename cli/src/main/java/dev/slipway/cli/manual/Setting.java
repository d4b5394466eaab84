package dev.slipway.cli.manual;

import dev.slipway.core.manifest.Explanation;
import dev.slipway.core.project.Environment;
import dev.slipway.core.resource.Kinds;
import dev.slipway.core.text.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A field of a manifest, or a setting of settings.txt: its name, the values that it takes, and what it does. */
record Setting(String name, String value, String text) {
    private static final String RESOURCE = "settings.txt";

    /** Every field of every kind, and then every setting. */
    static List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        String kinds = Kinds.ALL.stream().map(Kinds::name).collect(Collectors.joining(", "));
        all.add(new Setting(
                "kind",
                kinds,
                "What the document declares. A file may hold many documents, separated by ---.\nThe fields below without a"
                        + " kind before them are those of Environment."));
        for (Class<? extends Record> kind : Kinds.ALL) {
            String prefix = kind == Environment.class ? "" : Kinds.name(kind) + ".";
            Explanation.of(kind).forEach(field -> all.add(of(prefix, field)));
        }
        all.addAll(settings());
        return all;
    }

    private static Setting of(String prefix, Explanation field) {
        String absent = field.absent().isEmpty() ? "" : " (default: " + field.absent() + ")";
        String with = field.only().isEmpty() ? "" : "With " + field.only() + ". ";
        return new Setting(prefix + field.path(), (field.type() + absent).replace("`", ""), with + field.text());
    }

    /** In the order of the file: a heading {@code # name | value}, then the text. */
    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (String block : read().split("(?m)^# ", -1)) {
            int end = block.indexOf('\n');
            int bar = block.indexOf(" | ");
            if (bar > 0 && bar < end) {
                settings.add(new Setting(
                        block.substring(0, bar),
                        block.substring(bar + 3, end).strip(),
                        block.substring(end + 1).strip()));
            }
        }
        return settings;
    }

    private static String read() {
        try (InputStream in = Setting.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The program is incomplete: " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String firstSentence() {
        String oneLine = text.replace('\n', ' ');
        int end = oneLine.indexOf(". ");
        return end < 0 ? oneLine : oneLine.substring(0, end + 1);
    }

    /**
     * Whether {@code asked} is the name or a part of its path: {@code health} means {@code targets.health.type} too. The
     * server's settings may be asked for as variables or as properties.
     */
    boolean isMeantBy(String asked) {
        return ("." + plain(name) + ".").contains("." + plain(asked) + ".");
    }

    private static String plain(String name) {
        return name.replaceAll("\\[\\d*]", "").replaceAll("[_-]", ".").toLowerCase(Locale.ROOT);
    }

    /** A hint with the name that is most like {@code asked}. */
    static String nearest(String asked, List<Setting> all) {
        String plain = plain(asked);
        return all.stream()
                .min(Comparator.comparingInt(setting -> {
                    String own = plain(setting.name());
                    return Math.min(
                            DidYouMean.distance(plain, own),
                            DidYouMean.distance(plain, own.substring(own.lastIndexOf('.') + 1)));
                }))
                .map(setting -> "did you mean " + setting.name() + "? list all: slipway explain")
                .orElse("all of them: slipway explain");
    }
}
