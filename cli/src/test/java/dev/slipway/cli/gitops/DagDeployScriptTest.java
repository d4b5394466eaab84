package dev.slipway.cli.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dag-deploy}, beside a launcher that tells what it sees. */
class DagDeployScriptTest {
    private final Path directory;
    private final Path script;

    DagDeployScriptTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Path bin = Files.createDirectories(directory.resolve("bin"));
        script = Files.copy(Path.of("src/distribution/bin/dag-deploy"), bin.resolve("dag-deploy"));
        Files.writeString(bin.resolve("slipway"), """
                self=$0
                . "%s"
                echo "$main" "$@"
                """.formatted(
                        Path.of("src/distribution/program.sh").toAbsolutePath()));
    }

    private String run(Path program, String aot) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", program.toString(), "a b");
        builder.environment().put("SLIPWAY_AOT", aot);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void isTheLauncherWithAnotherProgram() throws IOException, InterruptedException {
        assertThat(run(script, "on")).isEqualTo("dev.slipway.cli.DagDeploy a b");
        assertThat(run(script.resolveSibling("slipway"), "on")).isEqualTo("dev.slipway.cli.SlipwayCli a b");
    }

    @Test
    void isFoundThroughALinkOfItsName() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(directory.resolve("dag-deploy"), Path.of("bin/dag-deploy"));

        assertThat(run(link, "on")).isEqualTo("dev.slipway.cli.DagDeploy a b");
    }

    @Test
    void trainsTheCacheWithTheProgramThatKnowsHowTo() throws IOException, InterruptedException {
        assertThat(run(script, "train")).isEqualTo("dev.slipway.cli.SlipwayCli a b");
    }
}
