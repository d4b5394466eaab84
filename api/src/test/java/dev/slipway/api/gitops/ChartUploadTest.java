package dev.slipway.api.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Archives;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartUploadTest {
    private static final String CHART_YAML = "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: 1.10\n";

    private final ChartUpload upload = new ChartUpload();

    @Test
    void tellsNameAndVersion() {
        byte[] chart = new Archives()
                .entry("shop/", '5', 0755, new byte[0])
                .file("shop/values.yaml", 0644, "a: 1\n")
                .file("shop/Chart.yaml", 0644, CHART_YAML)
                .file("shop/charts/db/Chart.yaml", 0644, "name: db\n")
                .end();

        assertThat(upload.identity(chart)).isEqualTo(new ChartIdentity("shop", "1.2.3"));
    }

    @Test
    void readsWhatTarPacksFromHere() {
        byte[] chart = new Archives()
                .entry("./", '5', 0755, new byte[0])
                .file("./shop/Chart.yaml", 0644, CHART_YAML)
                .end();

        assertThat(upload.identity(chart).name()).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "shop/../../x",
                "/etc/passwd",
                "shop/a\\b",
                "outside",
                "other/x",
                "Shop/x",
                "shop/Chart.yaml",
                "./shop/Chart.yaml"
            })
    void refusesPathsThatLeadElsewhere(String path) {
        assertFailure(sound().file(path, 0644, "x").end(), FailureType.UNSAFE_ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6', '7'})
    void refusesLinksAndDevices(char type) {
        assertFailure(sound().entry("shop/entry", type, 0644, new byte[0]).end(), FailureType.UNSAFE_ARCHIVE);
    }

    @Test
    void refusesWhatIsNoArchiveOfAChart() {
        byte[] sound = sound().end();
        assertFailure(sound().file("shop/program", 04755, "x").end(), FailureType.UNSAFE_ARCHIVE);
        assertFailure(new byte[] {1, 2, 3}, FailureType.UNSAFE_ARCHIVE);
        assertFailure(Arrays.copyOf(sound, sound.length / 2), FailureType.UNSAFE_ARCHIVE);
        assertFailure(Arrays.copyOf(sound, sound.length + 9), FailureType.UNSAFE_ARCHIVE);
        assertFailure(new Archives().end(), FailureType.UNSAFE_ARCHIVE);
        assertFailure(new Archives().file("shop/values.yaml", 0644, "a: 1").end(), FailureType.INVALID_CHART);
    }

    @Test
    void refusesWhatIsTooLarge() {
        ChartUpload small = new ChartUpload(new ChartLimits(2_000, 1 << 20, 100, 1 << 20, 10, 32, 1_024, 9_000, 200));
        Archives many = sound();
        IntStream.range(0, 10).forEach(i -> many.file("shop/" + i, 0644, ""));

        assertFailure(small, new byte[2_001], FailureType.ARCHIVE_TOO_LARGE);
        assertFailure(small, many.end(), FailureType.ARCHIVE_TOO_LARGE);
        assertFailure(small, sound().file("shop/x", 0644, "x".repeat(9_001)).end(), FailureType.ARCHIVE_TOO_LARGE);
        assertFailure(small, chart(CHART_YAML + "#".repeat(200)), FailureType.ARCHIVE_TOO_LARGE);
    }

    @Test
    void refusesABomb() {
        assertFailure(sound().entry("shop/zeros", '0', 0644, new byte[64 << 20]).end(), FailureType.ARCHIVE_TOO_LARGE);
        Archives zeros = sound();
        IntStream.range(0, 12).forEach(i -> zeros.entry("shop/" + i, '0', 0644, new byte[4 << 20]));
        assertFailure(zeros.end(), FailureType.ARCHIVE_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiVersion: v2|name is missing",
                "apiVersion: v2~name: ..~version: 1.0.0|invalid chart name \"..\"",
                "apiVersion: v2~name: web~version: 1.0.0|the folder in the archive is \"shop\"",
                "apiVersion: v2~name: shop~version: 1.0.0/../../x|invalid chart version",
                "apiVersion: v2~name: shop~version: 1.10|invalid chart version",
                "apiVersion: v2~name: shop~version: 1.0.0~type: library|a library chart cannot be deployed",
                "apiVersion: v2~name: shop~name: shop~version: 1.0.0|duplicate key",
                "apiVersion: v2~name: shop~version: !!java.net.URL [x]|invalid YAML",
                "apiVersion: v2~---~name: shop|must be one mapping of fields",
                "- a|must be one mapping of fields",
                "''|must be one mapping of fields",
                "{|invalid YAML",
            })
    void saysWhatIsWrongWithChartYaml(String lines, String problem) {
        assertThatThrownBy(() -> upload.identity(chart(lines.replace("~", "\n"))))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART))
                .hasMessageStartingWith("Chart.yaml: ")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAliasesThatGrow() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d]\n".formatted(i, i - 1));
        }

        assertFailure(chart(bomb.toString()), FailureType.INVALID_CHART);
    }

    private static Archives sound() {
        return new Archives().file("shop/Chart.yaml", 0644, CHART_YAML);
    }

    private static byte[] chart(String chartYaml) {
        return new Archives().file("shop/Chart.yaml", 0644, chartYaml).end();
    }

    private void assertFailure(byte[] chart, FailureType type) {
        assertFailure(upload, chart, type);
    }

    private static void assertFailure(ChartUpload upload, byte[] chart, FailureType type) {
        assertThatThrownBy(() -> upload.identity(chart))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageNotContaining("\n");
    }
}
