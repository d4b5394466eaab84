package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    @Test
    void readsTheFilesOfTheFolder() throws IOException {
        Chart chart = read(new ChartArchives()
                .folder("shop/")
                .file("shop/values.yaml", "a: 1\n")
                .folder("shop/templates/")
                .file("shop/templates/deployment.yaml", "kind: {{ .Values.a }}\n")
                .file("shop/charts/db-1.0.0.tgz", "\u0000binary")
                .file("shop/.helmignore", ".git/\n")
                .file("shop/Chart.yaml", ChartArchives.CHART_YAML));

        assertThat(chart.identity()).isEqualTo(new ChartIdentity("shop", "0.1.0"));
        assertThat(chart.files().keySet())
                .containsExactly(
                        ".helmignore", "Chart.yaml", "charts/db-1.0.0.tgz", "templates/deployment.yaml", "values.yaml");
        assertThat(text(chart, "templates/deployment.yaml")).isEqualTo("kind: {{ .Values.a }}\n");
    }

    @Test
    void readsWhatTarPacksFromHere() throws IOException {
        Chart chart = read(
                new ChartArchives().folder("./").folder("./shop/").file("./shop/Chart.yaml", ChartArchives.CHART_YAML));

        assertThat(chart.files().keySet()).containsExactly("Chart.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Behind the version, and with what stands there untouched.
                "apiVersion: v2~name: shop # us~version: 0.1.0 # now~description: x~"
                        + "|apiVersion: v2~name: shop # us~version: 1.2.3 # now~appVersion: 1.2.3~description: x~",
                "apiVersion: v2~name: shop~version: '0.1.0'~appVersion: \"1.16.0\"~"
                        + "|apiVersion: v2~name: shop~version: '1.2.3'~appVersion: \"1.2.3\"~",
                "appVersion: 1.16~version: 0.1.0~name: shop~apiVersion: v1|appVersion: 1.2.3~version: 1.2.3~name: shop~apiVersion: v1",
                "appVersion:~version: 0.1.0~name: shop~apiVersion: v1|appVersion: 1.2.3~version: 1.2.3~name: shop~apiVersion: v1",
                "{apiVersion: v2, name: shop, version: 0.1.0}|{apiVersion: v2, name: shop, version: 1.2.3, appVersion: 1.2.3}",
            })
    void setsVersionAndAppVersion(String before, String after) throws IOException {
        Chart chart = read(new ChartArchives().file("shop/Chart.yaml", before.replace('~', '\n')));

        Chart changed = chart.with("1.2.3", Map.of());

        assertThat(text(changed, "Chart.yaml")).isEqualTo(after.replace('~', '\n'));
        assertThat(changed.identity()).isEqualTo(new ChartIdentity("shop", "1.2.3"));
        assertThat(changed.with("1.2.3", Map.of()).files().get("Chart.yaml"))
                .isEqualTo(changed.files().get("Chart.yaml"));
        assertThat(text(chart, "Chart.yaml")).isEqualTo(before.replace('~', '\n'));
    }

    @Test
    void setsValues() throws IOException {
        Chart chart = read(ChartArchives.sound().file("shop/values.yaml", "image:\n  tag: latest # x\n"));

        Chart changed = chart.with("1.2.3", Map.of("image.tag", "1.2.3", "replicas", "2"));

        assertThat(text(changed, "values.yaml")).isEqualTo("image:\n  tag: 1.2.3 # x\nreplicas: \"2\"\n");
    }

    @Test
    void makesAValuesFileWhereThereIsNone() throws IOException {
        Chart chart = read(ChartArchives.sound());

        assertThat(chart.with("1.2.3", Map.of()).files().keySet()).containsExactly("Chart.yaml");
        assertThat(text(chart.with("1.2.3", Map.of("image.tag", "1.2.3")), "values.yaml"))
                .isEqualTo("image:\n  tag: 1.2.3\n");
    }

    @Test
    void leavesAValuesFileAloneWhereNothingIsSet() throws IOException {
        Chart chart = read(ChartArchives.sound().file("shop/values.yaml", "a: 1\n---\nb: 2\n"));

        assertThat(text(chart.with("1.2.3", Map.of()), "values.yaml")).isEqualTo("a: 1\n---\nb: 2\n");
    }

    @Test
    void saysWhatCannotBeSet() throws IOException {
        Chart chart = read(ChartArchives.sound().file("shop/values.yaml", "image: [a]\n"));

        assertThatThrownBy(() -> chart.with("1.2.3", Map.of("image.tag", "x")))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART))
                .hasMessageStartingWith("values.yaml: image is a list");
        assertThatThrownBy(() -> chart.with("1.2.3/../..", Map.of())).isInstanceOf(InvalidInputException.class);
    }

    private static Chart read(ChartArchives archive) throws IOException {
        return Chart.read(archive.open(), ChartLimits.DEFAULT);
    }

    private static String text(Chart chart, String file) {
        return new String(chart.files().getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    }
}
