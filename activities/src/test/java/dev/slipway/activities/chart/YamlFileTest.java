package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    /** One of edits.txt. */
    record Edit(String title, String path, String value, String before, String after, String refusal) {
        static Edit read(String text) {
            String[] parts = text.split("(?m)^---- (before|after|refused)\\n", -1);
            String[] head = parts[0].split("\\n", -1);
            String[] setting = head[1].split(" = ?", 2);
            String last = parts[2];
            boolean refused = text.contains("\n---- refused\n");
            return new Edit(
                    head[0], setting[0], setting[1], parts[1], refused ? "" : last, refused ? last.strip() : "");
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Edit> edits() throws IOException {
        try (InputStream table = Objects.requireNonNull(YamlFileTest.class.getResourceAsStream("edits.txt"))) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ")).skip(1).map(Edit::read);
        }
    }

    static Stream<Edit> accepted() throws IOException {
        return edits().filter(edit -> edit.refusal().isEmpty());
    }

    static Stream<Edit> refused() throws IOException {
        return edits().filter(edit -> !edit.refusal().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void changesOnlyWhatIsSet(Edit edit) {
        assertThat(edited(edit.before(), edit)).isEqualTo(edit.after());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void setsTheSameAgainWithoutAChange(Edit edit) {
        assertThat(edited(edit.after(), edit)).isEqualTo(edit.after());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void keepsTheLineEndsOfWindows(Edit edit) {
        assertThat(edited(windows(edit.before()), edit))
                .isEqualTo(edit.before().isEmpty() ? edit.after() : windows(edit.after()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void takesATextWithoutALineEndAtItsEnd(Edit edit) {
        assertThat(edited(edit.before().stripTrailing(), edit).stripTrailing())
                .isEqualTo(edit.after().stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void takesAByteOrderMark(Edit edit) {
        assertThat(edited("\uFEFF" + edit.before(), edit)).endsWith(edit.after());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhyItCannotBeSet(Edit edit) {
        assertThatThrownBy(() -> edited(edit.before(), edit))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART))
                .hasMessage("values.yaml: " + edit.refusal());
    }

    @Test
    void putsAFieldBehindAnother() {
        String text = "name: shop\nversion: 1.0.0 # x\n\ndescription: y\n";

        String edited = text(file(text).withBehind("version", "appVersion", "1.2.3"));

        assertThat(edited).isEqualTo("name: shop\nversion: 1.0.0 # x\nappVersion: 1.2.3\n\ndescription: y\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 30})
    @Timeout(60)
    void refusesAliasesThatGrow(int levels) {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i <= levels; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d]\n".formatted(i, i - 1));
        }

        assertThatThrownBy(() -> file(bomb.toString()))
                .isInstanceOf(SlipwayException.class)
                .hasMessageStartingWith("values.yaml: is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    @Timeout(60)
    void refusesWhatIsNestedTooDeep(String opening) {
        assertThatThrownBy(() -> file(opening.repeat(100_000))).isInstanceOf(SlipwayException.class);
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> YamlFile.read("values.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}))
                .hasMessage("values.yaml: is not UTF-8");
        assertThatThrownBy(() -> file("a: \0"))
                .hasMessage("values.yaml: invalid YAML: contains a character that is not allowed there");
    }

    private static String windows(String text) {
        return text.replace("\n", "\r\n");
    }

    private static String edited(String text, Edit edit) {
        return text(file(text).with(edit.path(), edit.value()));
    }

    private static YamlFile file(String text) {
        return YamlFile.read("values.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(YamlFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}
