package dev.slipway.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.command.CommandException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartArchiveTest {
    private static final String CHART = "apiVersion: v2\nname: shop\nversion: 1.4.2\n";

    @TempDir
    Path directory;

    private Path chart = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        chart = directory.resolve("any-name");
        write("Chart.yaml", CHART);
        write("values.yaml", "image: {}\n");
        write("templates/deployment.yaml", "kind: Deployment\n");
    }

    private Path write(String path, String content) throws IOException {
        Path file = chart.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }

    private static List<TarArchiveEntry> entries(ChartArchive archive) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(archive.bytes())), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static List<String> names(ChartArchive archive) throws IOException {
        return entries(archive).stream().map(TarArchiveEntry::getName).toList();
    }

    private CommandException refusal() {
        return refusal(chart);
    }

    private static CommandException refusal(Path path) {
        return catchThrowableOfType(CommandException.class, () -> ChartArchive.of(path));
    }

    @Test
    void packsTheFilesInOrderUnderTheNameOfTheChart() throws IOException {
        write(".helmignore", "# nothing of these\n*.md\n/ci/\n");
        write("README.md", "");
        write("ci/values.yaml", "");
        write("templates/.hidden", "");
        write("charts/redis/Chart.yaml", "name: redis");

        ChartArchive archive = ChartArchive.of(chart);

        assertThat(archive.identity().toString()).isEqualTo("shop 1.4.2");
        assertThat(archive.files()).isEqualTo(5);
        assertThat(names(archive))
                .containsExactly(
                        "shop/.helmignore",
                        "shop/Chart.yaml",
                        "shop/charts/redis/Chart.yaml",
                        "shop/templates/deployment.yaml",
                        "shop/values.yaml");
    }

    @Test
    void makesTheSameBytesOfTheSameFiles() throws IOException {
        ChartArchive before = ChartArchive.of(chart);
        Path values = chart.resolve("values.yaml");
        Files.setLastModifiedTime(values, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        Files.setPosixFilePermissions(values, PosixFilePermissions.fromString("rwx------"));
        Path moved = Files.move(chart, directory.resolve("another-name"));

        assertThat(ChartArchive.of(moved).bytes()).isEqualTo(before.bytes());
        assertThat(entries(before)).allSatisfy(entry -> {
            assertThat(entry.getMode()).isEqualTo(0100644);
            assertThat(entry.getLastModifiedTime().toMillis()).isZero();
            assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
            assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        });
    }

    @Test
    void keepsLongAndForeignNames() throws IOException {
        String deep = "files/" + "long-name/".repeat(30) + "größe.txt";
        write(deep, "x");

        assertThat(names(ChartArchive.of(chart))).contains("shop/" + deep);
    }

    @Test
    void followsLinksInsideOfTheChart() throws IOException {
        Files.createSymbolicLink(chart.resolve("linked.yaml"), Path.of("values.yaml"));
        Files.createSymbolicLink(chart.resolve("more"), Path.of("templates"));

        assertThat(names(ChartArchive.of(chart))).contains("shop/linked.yaml", "shop/more/deployment.yaml");
    }

    @Test
    void refusesALinkThatLeadsOutOfTheChartUnlessItIsLeftOut() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hands off");
        Files.createSymbolicLink(chart.resolve("leak.yaml"), secret);
        assertThat(refusal().text()).endsWith("leak.yaml is a link: path escapes the chart");

        write(".helmignore", "leak.yaml");
        assertThat(names(ChartArchive.of(chart))).doesNotContain("shop/leak.yaml");
    }

    @Test
    void refusesAFolderOfLinksThatLeadOutOrRound() throws IOException {
        Path link = Files.createSymbolicLink(chart.resolve("outside"), directory);
        assertThat(refusal().text()).contains("path escapes the chart");

        Files.delete(link);
        link = Files.createSymbolicLink(chart.resolve("templates/round"), Path.of(".."));
        assertThat(refusal().text()).endsWith("round is a link to one of its parent folders");

        Files.delete(link);
        Files.createSymbolicLink(chart.resolve("nowhere"), Path.of("gone"));
        assertThat(refusal().text()).endsWith("nowhere is a dangling link");
    }

    @Test
    void refusesWhatIsNeitherAFileNorAFolder() throws IOException, InterruptedException {
        Path pipe = chart.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(refusal().text()).isEqualTo(pipe + " is neither a file nor a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: shop|version is missing",
                "version: 1.0.0|name is missing",
                "name: Shop\\nversion: 1.0.0|invalid chart name",
                "name: ../shop\\nversion: 1.0.0|invalid chart name",
                "name: shop\\nversion: 1.0|version is not a string but 1.0",
                "name: shop\\nversion: '1.0'|invalid chart version",
                "name: shop\\nversion: latest|invalid chart version",
                "name: [a|is not valid YAML",
                "just words|does not describe a chart",
                "''|does not describe a chart"
            })
    void refusesAChartThatDoesNotSayWhichItIs(String content, String words) throws IOException {
        write("Chart.yaml", content.replace("\\n", "\n"));

        assertThat(refusal().text())
                .startsWith(chart.resolve("Chart.yaml").toString())
                .contains(words);
    }

    @Test
    void takesAVersionWithTheVThatHelmTakes() throws IOException {
        write("Chart.yaml", "name: shop\nversion: v1.4.2\n");

        assertThat(ChartArchive.of(chart).identity().version()).isEqualTo("1.4.2");
    }

    @Test
    void refusesWhatIsNoChart() throws IOException {
        Files.delete(chart.resolve("Chart.yaml"));
        assertThat(refusal().text()).startsWith("no ").endsWith("Chart.yaml");
        assertThat(refusal(directory.resolve("gone.tgz")).text()).startsWith("no such chart: ");

        write("Chart.yaml", CHART);
        write(".helmignore", "Chart.yaml");
        assertThat(refusal().text()).endsWith("excludes Chart.yaml");

        write(".helmignore", "a/**/b");
        assertThat(refusal().text()).endsWith("\"a/**/b\": Helm does not support **");
    }

    @Test
    void refusesAChartThatIsTooLarge() throws IOException {
        byte[] noise = new byte[6 << 20];
        new Random(7).nextBytes(noise);
        Files.write(chart.resolve("a.bin"), noise);
        Files.write(chart.resolve("b.bin"), noise);

        assertThat(refusal().text()).endsWith("is larger than 10 MiB, packed");
        assertThat(refusal().hint()).contains(".helmignore");
    }

    @Test
    void takesAPackedChartAsItIs() throws IOException {
        Path packed = Files.write(
                directory.resolve("shop-1.4.2.tgz"), ChartArchive.of(chart).bytes());

        ChartArchive archive = ChartArchive.of(packed);

        assertThat(archive.bytes()).isEqualTo(Files.readAllBytes(packed));
        assertThat(archive.identity().toString()).isEqualTo("shop 1.4.2");
        assertThat(archive.files()).isEqualTo(3);
    }

    @Test
    void refusesAnArchiveThatHoldsNoChart() throws IOException {
        Path text = Files.writeString(directory.resolve("text.tgz"), "no archive");
        assertThat(refusal(text).text()).startsWith(text + ": Not an archive");

        Path other = directory.resolve("other.tgz");
        pack(other, "Chart.yaml", new byte[0]);
        assertThat(refusal(other).text()).contains("is outside the chart's folder");
    }

    @Test
    void refusesAnArchiveThatUnpacksToFarTooMuch() throws IOException {
        Path bomb = directory.resolve("bomb.tgz");
        pack(bomb, "shop/zeros", new byte[101 << 20]);

        assertThat(refusal(bomb).text()).contains("more than 5242880 bytes");
    }

    private static void pack(Path archive, String name, byte[] content) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (String each : List.of(name, "shop/last")) {
                TarArchiveEntry entry = new TarArchiveEntry(each);
                byte[] bytes = each.equals(name) ? content : new byte[0];
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
    }
}
