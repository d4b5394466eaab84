package dev.slipway.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Helm's own rules say, by its documentation and the tests of its package ignore. */
class HelmIgnoreTest {
    private static boolean leavesOut(String rules, String path) {
        boolean directory = path.endsWith("/");
        return HelmIgnore.parse(rules.replace(';', '\n'))
                .leavesOut(directory ? path.substring(0, path.length() - 1) : path, directory);
    }

    @ParameterizedTest(name = "\"{0}\" and {1}: {2}")
    @CsvSource({
        "helm.txt, helm.txt, true",
        "helm.*, helm.txt, true",
        "helm.*, rudder.txt, false",
        "*.txt, tiller.txt, true",
        "*.txt, cargo/a.txt, true",
        "*.txt, cargo/a.md, false",
        "cargo/*.txt, cargo/a.txt, true",
        "cargo/*.txt, cargo/deep/a.txt, false",
        "cargo/*.txt, mast/a.txt, false",
        "ru[c-e]?er.txt, rudder.txt, true",
        "ru[c-e]?er.txt, ruxxer.txt, false",
        "ru[^c-e]der.txt, rudder.txt, false",
        "templates/.?*, templates/.dotfile, true",
        "'', templates/.dotfile, true",
        "'', templates/deep/.dotfile, false",
        "'', .dotfile, false",
        ".*, .git/, true",
        ".*, .joonix, true",
        ".*, helm.txt, false",
        ".*, cargo/.joonix, true",
        "cargo/, cargo/, true",
        "cargo/, cargo, false",
        "cargo/, mast/, false",
        "helm.txt/, helm.txt, false",
        "cargo, cargo/, true",
        "cargo, deep/cargo/, true",
        "/cargo, deep/cargo/, false",
        "/helm.txt, helm.txt, true",
        "/*.txt, helm.txt, true",
        "/*.txt, cargo/a.txt, false",
        "!helm.txt, helm.txt, false",
        "!helm.txt, tiller.txt, true",
        "!*.txt, cargo, true",
        "!cargo/, cargo/, false",
        "!cargo/, helm.txt, true",
        "'*.md;!a.md', a.md, true",
        "'!a.md;*.md', a.md, true",
        "'# helm.txt', helm.txt, false",
        "'  helm.txt  ', helm.txt, true",
        "\\*, *, true",
        "\\*, a, false",
        "'a?b', a/b, false",
        "größe*, größer, true"
    })
    void speaksAsHelmDoes(String rules, String path, boolean leftOut) {
        assertThat(leavesOut(rules, path)).isEqualTo(leftOut);
    }

    @Test
    void readsAFileThatBeginsWithAByteOrderMark() {
        assertThat(leavesOut("\uFEFFhelm.txt", "helm.txt")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "a/**/b", "[", "[a", "[a-", "[]", "[-]", "a\\", "[\\"})
    void refusesWhatHelmRefuses(String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> HelmIgnore.parse(rule));
    }
}
