package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrustedTest {
    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "GET http://[::1]:8080/ → std::vector \"größer\" 猫 🚀 50 %";

        assertThat(Untrusted.line(text)).isEqualTo(text);
    }

    @Test
    void showsControlsInsteadOfObeyingThem() {
        assertThat(Untrusted.line("a\033[31mred\033]0;title\007\u009b2J\u007f"))
                .isEqualTo("a^[[31mred^[]0;title^G<U+009B>2J^?");
    }

    @Test
    void keepsOneLineOne() {
        assertThat(Untrusted.line("a\nb\r\nc\u2028d\te\n")).isEqualTo("a b  c d e");
    }

    @Test
    void showsWhatWouldTurnTextAround() {
        assertThat(Untrusted.line("user\u202egnp.exe")).isEqualTo("user<U+202E>gnp.exe");
    }

    @ParameterizedTest
    @CsvSource({
        "'::add-mask::x', ': :add-mask::x'",
        "'  ::error file=a::b', '  : :error file=a::b'",
        "'done ##vso[task.complete]', 'done # #vso[task.complete]'",
        "'##[group]x', '# #[group]x'",
        "'##teamcity[message]', '# #teamcity[message]'"
    })
    void breaksUpCommandsToARunner(String text, String harmless) {
        assertThat(Untrusted.line(text)).isEqualTo(harmless);
    }

    @Test
    void breaksUpACommandThatHidesBehindControls() {
        assertThat(Untrusted.line("\r\n\t::add-mask::x")).isEqualTo(": :add-mask::x");
    }

    @Test
    void escapesInJsonWhatTerminalsObey() {
        assertThat(Untrusted.json("{\"a\":\"\u009b2J ü\"}")).isEqualTo("{\"a\":\"\\u009b2J ü\"}");
    }
}
