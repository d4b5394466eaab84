package dev.slipway.cli.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.core.gitops.ChartIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartVersionTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static String version(@Nullable String given, @Nullable String tag, @Nullable String commit, String chart) {
        return ChartVersion.of(
                given, new CiJob(CiSystem.GITLAB, null, null, "", tag, commit), new ChartIdentity("shop", chart));
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.0, v1.4.2, 1.0.0, 2.0.0",
        "v2.0.0, v1.4.2, 1.0.0, 2.0.0",
        ", v1.4.2, 1.0.0, 1.4.2",
        ", 1.4.2-rc.1, 1.0.0, 1.4.2-rc.1",
        ", release-7, 1.0.0, 1.0.0-g0123456789ab",
        ", v1.4, 1.0.0, 1.0.0-g0123456789ab",
        ", , 1.0.0, 1.0.0-g0123456789ab",
        ", , 1.0.0-rc.1, 1.0.0-rc.1.g0123456789ab",
        ", , 1.0.0+build, 1.0.0-g0123456789ab+build"
    })
    void isThatOfTheOptionElseOfTheTagElseOfTheCommit(
            @Nullable String given, @Nullable String tag, String chart, String version) {
        assertThat(version(given, tag, COMMIT, chart)).isEqualTo(version);
    }

    @Test
    void isThatOfTheChartWhereNobodyKnowsTheCommit() {
        assertThat(version(null, null, null, "1.4.2")).isEqualTo("1.4.2");
    }

    @Test
    void differsForEachCommit() {
        assertThat(version(null, null, COMMIT, "1.0.0"))
                .isNotEqualTo(version(null, null, "fff" + COMMIT.substring(3), "1.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.4", "1.4.2.1", "01.4.2", "1.4.2 ; rm", "", "v"})
    void refusesAnOptionThatIsNoVersion(String given) {
        CommandException refusal =
                catchThrowableOfType(CommandException.class, () -> version(given, "v1.4.2", COMMIT, "1.0.0"));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refusal.text()).startsWith("--version: ");
    }
}
