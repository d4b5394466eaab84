package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** To run a failure again: {@code -Dslipway.seed=N}. */
class RandomEditsTest {
    private static final int DOCUMENTS = 300;
    private static final int EDITS = 5;
    private static final List<String> KEYS =
            List.of("a", "b", "image", "tag", "some-key", "8080", "yes", "null", "x_y");
    private static final List<String> TEXTS = List.of(
            "",
            "text",
            "1.10",
            "1e3",
            "0123",
            "true",
            "no",
            "null",
            "~",
            "a: b",
            "a #b",
            "# a",
            "- a",
            "*a",
            "&a",
            "!a",
            "{a}",
            "[a]",
            "'",
            "\"",
            "\\",
            "a, b",
            "sha256:ab",
            "1.4.2",
            "1:20",
            "0x1f",
            "0o17",
            "1_000",
            ".inf",
            ".5",
            "+1",
            "-1",
            "-0",
            "2024-01-31",
            "=",
            "<<",
            "%a",
            "@a",
            "`a`",
            " a ",
            "\t",
            "grün",
            "🚀",
            "?",
            "? a",
            "---",
            "a:",
            "7");
    // In documents they would be written over several lines, and comments fall between those.
    private static final List<String> BREAKS = List.of("\u2028", "a\u0085b", "a\nb", "\r");

    private final long seed = Long.getLong("slipway.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void setsWhatIsMeantAndNothingElse() {
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = commented(dump(mapping(3)));
            for (int edit = 0; edit < EDITS; edit++) {
                text = edited(text);
            }
        }
    }

    private String edited(String text) {
        Object before = Plain.load(text);
        String path = path(before);
        String value = random.nextInt(20) == 0 ? pick(BREAKS) : pick(TEXTS);
        String as = "seed " + seed + ", " + path + " = \"" + value + "\" in\n" + text;

        String after = edit(text, path, value, as);

        Object read = Plain.load(after);
        assertThat(read).as(as).isEqualTo(Plain.with(before, path, value, Plain.at(read, path)));
        assertThat(comments(after)).as(as).isGreaterThanOrEqualTo(comments(text));
        return after;
    }

    private static String edit(String text, String path, String value, String as) {
        try {
            YamlFile file = YamlFile.read("values.yaml", text.getBytes(StandardCharsets.UTF_8));
            return new String(file.with(path, value).bytes(), StandardCharsets.UTF_8);
        } catch (SlipwayException e) {
            throw new AssertionError(e.getMessage() + " with " + as, e);
        }
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.contains("# comment")).count();
    }

    /** To a leaf, or to something that is not there. */
    private String path(@Nullable Object document) {
        List<String> parts = new ArrayList<>();
        Object at = document;
        while (at instanceof Map<?, ?> map) {
            String key = random.nextInt(4) == 0 || map.isEmpty()
                    ? pick(KEYS) + "-new"
                    : pick(List.copyOf(map.keySet())).toString();
            if (map.get(key) instanceof List<?>) {
                key += "-new";
            }
            parts.add(key);
            at = map.get(key);
        }
        if (at == null && random.nextBoolean()) {
            parts.add(pick(KEYS));
        }
        return String.join(".", parts);
    }

    private Map<String, @Nullable Object> mapping(int depth) {
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            mapping.put(pick(KEYS), value(depth));
        }
        return mapping;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> null;
            case 1 -> random.nextInt(1_000);
            case 2 -> random.nextBoolean();
            case 3, 4 -> pick(TEXTS);
            case 5 -> List.of(pick(TEXTS), mapping(depth - 1));
            case 6 -> new LinkedHashMap<>();
            default -> mapping(depth - 1);
        };
    }

    private String dump(Object document) {
        DumperOptions options = new DumperOptions();
        options.setWidth(10_000);
        options.setSplitLines(false);
        options.setAllowUnicode(random.nextBoolean());
        options.setDefaultFlowStyle(pick(List.of(
                DumperOptions.FlowStyle.BLOCK,
                DumperOptions.FlowStyle.BLOCK,
                DumperOptions.FlowStyle.AUTO,
                DumperOptions.FlowStyle.FLOW)));
        options.setDefaultScalarStyle(pick(List.of(
                DumperOptions.ScalarStyle.PLAIN,
                DumperOptions.ScalarStyle.PLAIN,
                DumperOptions.ScalarStyle.SINGLE_QUOTED)));
        options.setIndent(pick(List.of(2, 4)));
        return new Yaml(options).dump(document);
    }

    private String commented(String text) {
        StringBuilder commented = new StringBuilder();
        text.lines().forEach(line -> {
            if (random.nextInt(3) == 0) {
                commented.repeat(' ', random.nextInt(6)).append("# comment: {\n");
            }
            commented.append(line).append(random.nextInt(3) == 0 ? "  # comment\n" : "\n");
        });
        return commented.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
