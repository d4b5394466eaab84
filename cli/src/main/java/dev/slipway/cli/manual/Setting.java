package dev.slipway.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One setting of settings.txt: its name, the values that it takes, and what it does. */
record Setting(String name, String value, String text) {
    private static final String RESOURCE = "settings.txt";

    /** Every setting, in the order of the file: a heading {@code # name | value}, then the text. */
    static List<Setting> all() {
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
                    return Math.min(distance(plain, own), distance(plain, own.substring(own.lastIndexOf('.') + 1)));
                }))
                .map(setting -> "did you mean " + setting.name() + "? all of them: slipway explain")
                .orElse("all of them: slipway explain");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
