package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    private static Terminal terminal(boolean screen, Map<String, String> environment, boolean noColour) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        Streams streams =
                new Streams(InputStream.nullInputStream(), nowhere, nowhere, screen, screen, () -> ScreenSize.USUAL);
        return new Terminal(streams, environment, noColour, false);
    }

    @Test
    void usesColourOnAScreenOnly() {
        assertThat(terminal(true, Map.of(), false).painted(Colour.GOOD, "x")).isEqualTo("\033[32mx\033[0m");
        assertThat(terminal(false, Map.of(), false).painted(Colour.GOOD, "x")).isEqualTo("x");
    }

    @Test
    void usesNoColourWhereNoneIsWanted() {
        assertThat(terminal(true, Map.of("NO_COLOR", "1"), false).painted(Colour.GOOD, "x"))
                .isEqualTo("x");
        assertThat(terminal(true, Map.of("TERM", "dumb"), false).painted(Colour.GOOD, "x"))
                .isEqualTo("x");
        assertThat(terminal(true, Map.of(), true).painted(Colour.GOOD, "x")).isEqualTo("x");
        assertThat(terminal(true, Map.of("NO_COLOR", ""), false).painted(Colour.GOOD, "x"))
                .isNotEqualTo("x");
    }

    @Test
    void redrawsOnlyWhereThatWorks() {
        assertThat(terminal(true, Map.of(), false).isLive()).isTrue();
        assertThat(terminal(true, Map.of("NO_COLOR", "1"), false).isLive()).isTrue();
        assertThat(terminal(true, Map.of("TERM", "dumb"), false).isLive()).isFalse();
        assertThat(terminal(true, Map.of("CI", "true"), false).isLive()).isFalse();
        assertThat(terminal(false, Map.of(), false).isLive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"LANG, en_US.UTF-8, true", "LC_ALL, C.utf8, true", "LANG, C, false", "OTHER, x, false"})
    void usesSymbolsWhereTheLocaleHasThem(String variable, String value, boolean unicode) {
        assertThat(terminal(true, Map.of(variable, value), false).isUnicode()).isEqualTo(unicode);
    }

    @Test
    void readsTheSizeThatTheTerminalTells() {
        assertThat(ScreenSize.parse("50 132\n")).isEqualTo(new ScreenSize(132, 50));
        assertThat(ScreenSize.parse("0 0\n")).isEqualTo(ScreenSize.USUAL);
        assertThat(ScreenSize.parse("stty: no terminal")).isEqualTo(ScreenSize.USUAL);
    }
}
