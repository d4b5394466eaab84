package dev.slipway.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartFinderTest {
    @TempDir
    Path directory;

    private void chart(String place) throws IOException {
        Files.createFile(Files.createDirectories(directory.resolve(place)).resolve("Chart.yaml"));
    }

    private CommandException refusal() {
        return catchThrowableOfType(CommandException.class, () -> ChartFinder.find(directory, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chart", "helm", "deploy/chart", "some", "two/folders", "three/folders/deep"})
    void findsTheOnlyChart(String place) throws IOException {
        chart(place);

        assertThat(ChartFinder.find(directory, null))
                .isEqualTo(directory.resolve(place).normalize());
    }

    @Test
    void prefersThisFolderAndThenTheUsualPlaces() throws IOException {
        chart("other");
        chart("deploy/chart");
        assertThat(ChartFinder.find(directory, null)).endsWith(Path.of("deploy/chart"));

        chart("helm");
        chart("chart");
        assertThat(ChartFinder.find(directory, null)).endsWith(Path.of("chart"));

        chart("");
        assertThat(ChartFinder.find(directory, null)).isEqualTo(directory);
    }

    @Test
    void takesTheOneThatIsNamed() throws IOException {
        chart("");

        assertThat(ChartFinder.find(directory, "a/../b")).isEqualTo(directory.resolve("b"));
    }

    @Test
    void takesDependenciesForPartsOfTheirChart() throws IOException {
        chart("some");
        chart("some/charts/redis");
        chart(".git/hidden");

        assertThat(ChartFinder.find(directory, null)).endsWith(Path.of("some"));
    }

    @Test
    void listsWhatItFoundWhereThereIsMoreThanOne() throws IOException {
        chart("charts/web");
        chart("charts/api");

        assertThat(refusal().text()).isEqualTo("found 2 charts in " + directory + ": charts/api, charts/web");
        assertThat(refusal().hint()).isEqualTo("give one of them");
    }

    @Test
    void saysWhereItLookedWhereThereIsNone() throws IOException {
        chart("one/two/three/four");

        assertThat(refusal().text()).isEqualTo("no chart found in " + directory);
        assertThat(refusal().hint()).contains("deploy/chart").contains("3 folders deep");
    }
}
