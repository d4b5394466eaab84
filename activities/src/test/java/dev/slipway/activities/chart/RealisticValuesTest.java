package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealisticValuesTest {
    private static final List<String> VALUES = List.of(
            "v2", "1.4.2", "1.10", "true", "null", "8080", "a: b # c", "it's \"it\"", "", "registry:5000/x@sha256:ab");
    private static final String ELSEWHERE = "cannot be set without changing other values";
    private static final String ALIAS = "is an alias";

    @ParameterizedTest
    @ValueSource(strings = {"web.yaml", "umbrella.yaml"})
    void setsEveryValueAndNothingElse(String file) throws IOException {
        String text = read(file);
        List<String> refused = new ArrayList<>();
        for (String path : leaves("", Plain.load(text))) {
            for (String value : VALUES) {
                requireOnly(text, path, value, refused);
            }
        }

        assertThat(refused.stream().distinct().toList())
                .isEqualTo(
                        file.equals("web.yaml")
                                ? List.of()
                                : List.of(
                                        "global.image.registry",
                                        "global.image.tag",
                                        "global.image.pullPolicy",
                                        "global.image.added",
                                        "shop.version",
                                        "worker.image.registry",
                                        "worker.image.tag",
                                        "worker.image.pullPolicy",
                                        "worker.image.added"));
    }

    @Test
    void changesTheLineOfTheValueAlone() throws IOException {
        String text = read("web.yaml");

        String edited =
                edit(edit(edit(text, "image.tag", "1.4.2"), "service.port", "8080"), "resources.requests.cpu", "1");

        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.set(lines.indexOf("  tag: \"\""), "  tag: \"1.4.2\"");
        lines.set(lines.indexOf("  port: 80   # the one of the ingress"), "  port: 8080   # the one of the ingress");
        lines.addAll(lines.indexOf("    memory: 128Mi") + 1, List.of("  requests:", "    cpu: \"1\""));
        assertThat(edited.lines()).containsExactlyElementsOf(lines);
    }

    private static void requireOnly(String text, String path, String value, List<String> refused) {
        String edited;
        try {
            edited = edit(text, path, value);
        } catch (SlipwayException e) {
            assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART);
            assertThat(e.getMessage()).containsAnyOf(ELSEWHERE, ALIAS);
            refused.add(path);
            return;
        }

        assertThat(Plain.load(edited))
                .as(path + " = " + value)
                .isEqualTo(Plain.with(Plain.load(text), path, value, Plain.at(Plain.load(edited), path)));
        assertThat(comments(edited)).as(path + " = " + value).isEqualTo(comments(text));
    }

    private static List<String> comments(String text) {
        return text.replace("a: b # c", "")
                .lines()
                .filter(line -> line.contains("# ") && !line.contains("# not a comment"))
                .map(line -> line.substring(line.indexOf("# ")))
                .toList();
    }

    private static List<String> leaves(String prefix, @Nullable Object value) {
        List<String> paths = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> {
                if (!key.toString().contains(".")) {
                    paths.addAll(leaves(prefix.isEmpty() ? key.toString() : prefix + "." + key, part));
                }
            });
            paths.add(prefix.isEmpty() ? "added" : prefix + ".added");
        } else if (!(value instanceof List<?>)) {
            paths.add(prefix);
        }
        return paths;
    }

    private static String edit(String text, String path, String value) {
        return new String(
                YamlFile.read("values.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .with(path, value)
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(RealisticValuesTest.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
