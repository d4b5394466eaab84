package dev.slipway.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.resource.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema and the tables of fields in docs/reference are what the records say. To write them again: {@code mvn -pl
 * core test -Dtest=ManifestDocumentsTest -Dslipway.docs.write=true}.
 */
class ManifestDocumentsTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference");
    private static final Pattern TABLE =
            Pattern.compile("<!-- fields of ([\\w.]+) -->\n(.*?)<!-- end of fields -->", Pattern.DOTALL);

    @Test
    void keepsTheSchema() throws IOException {
        check(
                REFERENCE.resolve("manifest.schema.json"),
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(JsonSchema.of(Kinds.ALL))
                        + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.md", "gitops.md"})
    void keepsTheTablesOfFields(String name) throws IOException {
        Path file = REFERENCE.resolve(name);
        String text = Files.readString(file);
        check(file, TABLE.matcher(text).replaceAll(section -> Matcher.quoteReplacement(table(section))));
    }

    @Test
    void hasATableForEveryKind() throws IOException {
        String documents =
                Files.readString(REFERENCE.resolve("manifest.md")) + Files.readString(REFERENCE.resolve("gitops.md"));

        assertThat(sections(documents))
                .containsAll(Kinds.ALL.stream().map(Kinds::name).toList());
    }

    private static List<String> sections(String text) {
        return TABLE.matcher(text).results().map(section -> section.group(1)).toList();
    }

    private static String table(MatchResult section) {
        String[] path = section.group(1).split("\\.", 2);
        String prefix = path.length == 1 ? "" : path[1] + ".";
        Class<? extends Record> kind = Kinds.ALL.stream()
                .filter(type -> Kinds.name(type).equals(path[0]))
                .findFirst()
                .orElseThrow();
        StringBuilder table = new StringBuilder("| field | type | default | |\n| --- | --- | --- | --- |\n");
        if (prefix.isEmpty()) {
            table.append("| `kind` | `" + path[0] + "` | required | |\n");
        }
        Explanation.of(kind).stream()
                .filter(field -> field.path().startsWith(prefix))
                .filter(field -> isShort(field.path().substring(prefix.length())))
                .forEach(field -> table.append("| `" + field.path().substring(prefix.length()) + "` | " + field.type()
                        + " | " + (field.absent().isEmpty() ? "required" : field.absent()) + " | "
                        + (field.only().isEmpty() ? "" : "With `" + field.only() + "`. ") + escaped(field.text())
                        + " |\n"));
        return "<!-- fields of " + section.group(1) + " -->\n" + table + "<!-- end of fields -->";
    }

    /** Those of lists have tables of their own, and so have health checks. */
    private static boolean isShort(String path) {
        return Stream.of("targets.", "health.", "gitops.").noneMatch(path::startsWith);
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|");
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("it is stale; the class comment says how to write it again")
                .hasContent(expected);
    }
}
