package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchPatternTest {
    @ParameterizedTest
    @CsvSource({
        "main,           main,                 true",
        "main,           Main,                 false",
        "main,           main2,                false",
        "main,           feature/main,         false",
        "release/*,      release/1.2,          true",
        "release/*,      release/,             true",
        "release/*,      release/1/2,          false",
        "release/*,      release,              false",
        "release/**,     release/1/2,          true",
        "*,              main,                 true",
        "*,              feature/x,            false",
        "**,             feature/x,            true",
        "feature/*/ui,   feature/x/ui,         true",
        "feature/*/ui,   feature/x/y/ui,       false",
        "feature/**/ui,  feature/x/y/ui,       true",
        "*-hotfix,       1.2-hotfix,           true",
        "*-hotfix,       1.2-hotfix-3,         false",
        "v*.*,           v1.2,                 true",
        "v*.*,           v1,                   false",
        "v1.2,           v1x2,                 false",
        "a***b,          a/x/b,                true",
    })
    void matchesAStarBetweenSlashesAndTwoStarsAcrossThem(String pattern, String branch, boolean matches) {
        assertThat(new BranchPattern(pattern).matches(branch)).isEqualTo(matches);
    }

    @Test
    void prefersTheExactNameThenTheLongerPattern() {
        List<String> sorted = Stream.of("**", "release/*", "*", "release/1.*", "release/1.2")
                .map(BranchPattern::new)
                .sorted(BranchPattern.BY_PRECISION)
                .map(BranchPattern::text)
                .toList();

        assertThat(sorted).containsExactly("release/1.2", "release/1.*", "release/*", "**", "*");
    }

    @Test
    @Timeout(60)
    void matchesManyStarsInNoTime() {
        BranchPattern pattern = new BranchPattern("**a".repeat(60) + "**b");

        assertThat(pattern.matches("a".repeat(240))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "release/",
                "/main",
                "-x",
                "a b",
                "a\nb",
                "a;b",
                "$(x)",
                "`x`",
                "a..b",
                "a?",
                "[ab]",
                "refs/*.lock"
            })
    void refusesWhatIsNeitherBranchNorGlob(String text) {
        assertThatThrownBy(() -> new BranchPattern(text)).isInstanceOf(InvalidInputException.class);
    }
}
