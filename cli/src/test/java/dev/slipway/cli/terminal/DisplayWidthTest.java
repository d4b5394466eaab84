package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource({"abc, 3", "größe, 5", "猫, 2", "🚀, 2", "e\u0301, 1", "✔, 1"})
    void countsColumns(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void cutsWithAnEllipsisThatStillFits() {
        assertThat(DisplayWidth.cut("abcdef", 6, "…")).isEqualTo("abcdef");
        assertThat(DisplayWidth.cut("abcdef", 5, "…")).isEqualTo("abcd…");
        assertThat(DisplayWidth.cut("猫猫猫", 5, "…")).isEqualTo("猫猫…");
        assertThat(DisplayWidth.cut("abcdef", 2, "...")).isEqualTo("..");
        assertThat(DisplayWidth.cut("abcdef", 0, "...")).isEmpty();
    }

    @Test
    void padsByColumns() {
        assertThat(DisplayWidth.pad("猫", 4)).isEqualTo("猫  ");
    }
}
