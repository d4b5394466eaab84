package dev.slipway.activities.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileChartTest {
    private static final ChartLimits SMALL = new ChartLimits(4_000, 64 << 10, 100, 16 << 10, 10, 5, 100, 8 << 10, 200);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "shop/../../x",
                "shop/../x",
                "shop/..",
                "..",
                "/etc/passwd",
                "//etc/passwd",
                "./../x",
                ".//x",
                "shop//x",
                "shop/./x",
                "C:/windows/x",
                "c:x",
                "shop\\x",
                "shop/..\\x",
                "shop/a\nb",
                "shop/a\u001b[0m",
                "shop/a\u007f",
                "outside",
                "other/x",
                "Shop/x",
                "shop/.git/config",
                "shop/.GIT/config",
                "shop/x/.git",
                "shop/git~1/config",
                "shop/.git./config",
                "shop/.git /config",
                "shop/.git::$INDEX_ALLOCATION/config",
                "shop/.g\u200cit/config",
                "shop/chart.yaml",
                "shop/Chart.yaml",
                "shop/Chart.yaml/x",
                "shop",
            })
    void refusesAPathThatIsNotSafeEverywhere(String path) {
        assertUnsafe(() -> read(ChartArchives.sound().file(path, "x")));
    }

    @Test
    void refusesPathsThatAreOneOnSomeFileSystems() {
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/a/x", "").file("shop/A/y", "")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/e\u0301", "").file("shop/\u00e9", "")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/a", "").folder("shop/a/")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/a/b", "").file("shop/a", "")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/x", "").file("./shop/x", "")));
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_CONTIG
            })
    void refusesLinksAndDevices(byte type) {
        assertUnsafe(() -> read(ChartArchives.sound().type("shop/entry", type)));
    }

    @ParameterizedTest
    @ValueSource(ints = {04755, 02755, 06755})
    void refusesRightsOfTheOwner(int mode) {
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/program", mode)));
    }

    @Test
    void refusesABomb() {
        byte[] bomb = ChartArchives.sound().zeros("shop/zeros", 200 << 20).packed();

        assertTooLarge(() -> Chart.read(new ByteArrayInputStream(bomb), ChartLimits.DEFAULT));
    }

    @Test
    void countsWhatIsUnpackedAndNotKept() {
        ChartArchives many = ChartArchives.sound();
        for (int i = 0; i < 8; i++) {
            many.zeros("shop/zeros" + i, 8 << 10);
        }

        assertTooLarge(() -> Chart.read(many.open(), SMALL));
    }

    @Test
    void takesARatioThatIsHigherWhereItIsHarmless() throws IOException {
        byte[] padded = ChartArchives.sound().zeros("shop/zeros", 1 << 20).packed();

        Chart chart = Chart.read(new ByteArrayInputStream(padded), ChartLimits.DEFAULT);

        assertThat(chart.files().get("zeros")).hasSize(1 << 20);
    }

    @Test
    void refusesMoreThanItsLimits() {
        byte[] random = new byte[5_000];
        new Random(1).nextBytes(random);
        assertTooLarge(() -> Chart.read(new ByteArrayInputStream(random), SMALL));
        assertTooLarge(
                () -> Chart.read(ChartArchives.sound().zeros("shop/x", 9 << 10).open(), SMALL));
        ChartArchives many = ChartArchives.sound();
        IntStream.range(0, 10).forEach(i -> many.file("shop/" + i, ""));
        assertTooLarge(() -> Chart.read(many.open(), SMALL));
        assertTooLarge(() ->
                Chart.read(ChartArchives.sound().file("shop/a/b/c/d/e", "").open(), SMALL));
        assertUnsafe(() -> Chart.read(
                ChartArchives.sound().file("shop/" + "a".repeat(100), "").open(), SMALL));
    }

    @Test
    void refusesAMillionEntriesAndAThousandFolders() {
        ChartArchives many = ChartArchives.sound();
        IntStream.range(0, 20_000).forEach(i -> many.file("shop/" + i, ""));
        assertTooLarge(() -> read(many));
        assertTooLarge(() -> read(ChartArchives.sound().file("shop" + "/a".repeat(400), "")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop" + "/a".repeat(1_000), "")));
        assertUnsafe(() -> read(ChartArchives.sound().file("shop/" + "a".repeat(300), "")));
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertUnsafe(() -> Chart.read(new ByteArrayInputStream(new byte[0]), ChartLimits.DEFAULT));
        assertUnsafe(() ->
                Chart.read(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)), ChartLimits.DEFAULT));
        assertUnsafe(() -> read(new ChartArchives()));
        byte[] sound = ChartArchives.sound().packed();
        assertUnsafe(() ->
                Chart.read(new ByteArrayInputStream(Arrays.copyOf(sound, sound.length / 2)), ChartLimits.DEFAULT));
    }

    @Test
    void tellsAStreamThatFailsFromAnArchiveThatIsNone() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThatThrownBy(() -> Chart.read(broken, ChartLimits.DEFAULT)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "apiVersion: v2|name is missing",
                "apiVersion: v2~name: ..~version: 1.0.0|invalid chart name",
                "apiVersion: v2~name: web~version: 1.0.0|the folder in the archive is \"shop\"",
                "apiVersion: v2~name: shop~version: 1.0.0/../x|invalid chart version",
                "apiVersion: v2~name: shop~version: [1]|version must be a single value",
                "apiVersion: v2~name: shop~version: 1.0.0~type: library|a library chart cannot be deployed",
                "apiVersion: v2~name: shop~name: shop~version: 1.0.0|has the key",
                "apiVersion: v2~name: shop~version: !!java.net.URL x|has a tag",
                "- a|must be a mapping of fields",
                "''|must be a mapping of fields",
                "{|invalid YAML",
            })
    void saysWhatIsWrongWithChartYaml(String lines, String problem) {
        assertThatThrownBy(() -> read(new ChartArchives().file("shop/Chart.yaml", lines.replace("~", "\n"))))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART))
                .hasMessageStartingWith("Chart.yaml: ")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAnArchiveThatIsNoChart() {
        assertThatThrownBy(() -> read(new ChartArchives().file("shop/charts/Chart.yaml", ChartArchives.CHART_YAML)))
                .hasMessageContaining("has no Chart.yaml");
    }

    @Test
    void refusesAChartYamlThatNobodyWrote() {
        String huge = ChartArchives.CHART_YAML + "#".repeat(200);

        assertThatThrownBy(() -> Chart.read(
                        new ChartArchives().file("shop/Chart.yaml", huge).open(), SMALL))
                .hasMessageStartingWith("Chart.yaml has ");
    }

    private static Chart read(ChartArchives archive) throws IOException {
        return Chart.read(archive.open(), ChartLimits.DEFAULT);
    }

    private static void assertUnsafe(ThrowingCallable reading) {
        assertFailure(reading, FailureType.UNSAFE_ARCHIVE);
    }

    private static void assertTooLarge(ThrowingCallable reading) {
        assertFailure(reading, FailureType.ARCHIVE_TOO_LARGE);
    }

    private static void assertFailure(ThrowingCallable reading, FailureType type) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageNotContainingAny("\n", "\u001b", "\0");
    }
}
