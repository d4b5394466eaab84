package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.secret.Mask;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteTextTest {
    private final Mask mask = Mask.of(List.of("hunter2-and-more"));

    @Test
    void showsNoSecretNoEscapeAndNoSecondLine() {
        String said = "remote: \u001b[31mno\u001b[0m \u001b]0;title\u0007to\r\nhunter2-and-more\u0000\u202e!";

        assertThat(RemoteText.of(said, mask)).isEqualTo("remote: no to *** !");
    }

    @Test
    void isNeverLong() {
        assertThat(RemoteText.of("x".repeat(100_000), mask))
                .hasSizeLessThan(1_100)
                .endsWith("[…]");
    }
}
