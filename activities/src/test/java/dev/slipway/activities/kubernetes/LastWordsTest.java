package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shown of what a container wrote. */
class LastWordsTest {
    @Test
    void hidesTheSecretsOfItsVariables() {
        String text = "connecting as ada with correct-horse\nbase64 Y29ycmVjdC1ob3JzZQ==";

        assertThat(LastWords.of(text, Map.of("DB_PASSWORD", "correct-horse", "USER", "ada")))
                .isEqualTo("connecting as ada with ***\nbase64 ***Q==");
    }

    @Test
    void hidesSecretsThatOnlyTheContainerKnows() {
        assertThat(LastWords.of("SESSION_SECRET=from-a-secret\nredis://:pass@cache", Map.of()))
                .isEqualTo("SESSION_SECRET=***\nredis://***@cache");
    }

    @Test
    void hidesASecretThatIsColoured() {
        assertThat(LastWords.of("\u001B[31mcorrect\u001B[0m-horse\r\n\u0007", Map.of("TOKEN", "correct-horse")))
                .isEqualTo("***");
    }

    @Test
    void masksBeforeItCuts() {
        String text = "correct-horse" + "x".repeat(3995);

        assertThat(LastWords.of(text, Map.of("TOKEN", "correct-horse")))
                .isEqualTo("***" + "x".repeat(3995))
                .doesNotContain("horse");
        assertThat(LastWords.of("x" + text + "yy", Map.of("TOKEN", "correct-horse")))
                .startsWith("[…]***x");
    }

    @Test
    void keepsLines() {
        assertThat(LastWords.of("a\n\tat b\n", Map.of())).isEqualTo("a\n\tat b");
    }
}
