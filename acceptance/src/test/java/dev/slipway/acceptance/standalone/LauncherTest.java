package dev.slipway.acceptance.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which program {@code ./slipway} hands a command to: a copy of the script, with programs that say what they are told. */
class LauncherTest {
    private static final Path ROOT = Path.of("..");

    private final Path clone;

    LauncherTest(@TempDir Path clone) throws IOException {
        this.clone = clone;
        copy("slipway");
        copy("distribution/jdk.sh");
        program("agent/target/slipway-agent/bin/slipway-agent", "agent");
        program("cli/target/slipway-cli/bin/slipway", "cli");
        program("server/target/slipway-server/bin/slipway-server", "server");
        Files.createFile(
                Files.createDirectories(clone.resolve("target/launcher")).resolve("done"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --detach|server: up --detach",
                "--data up up --detach|server: up --detach --data up",
                "--json --data here up|server: up --json --data here",
                "-q demo --keep|server: demo --keep -q",
                "--data here agent --node web-1|agent: --node web-1 --data here",
                "--data here status|cli: --data here status",
                "--url up status up|cli: --url up status up",
                "--version|cli: --version",
                "--data|cli: --data"
            })
    void findsTheCommandBehindOptions(String arguments, String told) throws Exception {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(told);
    }

    @Test
    void leavesItToTheCommandLineToSayThatNothingWasAsked() throws Exception {
        assertThat(run()).isEqualTo("cli:");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(clone.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(complaints).isZero();
        return said.strip();
    }

    private void copy(String file) throws IOException {
        Files.createDirectories(clone.resolve(file).resolveSibling("."));
        Files.copy(ROOT.resolve(file), clone.resolve(file));
    }

    private void program(String file, String name) throws IOException {
        Path program = clone.resolve(file);
        Files.createDirectories(program.resolveSibling("."));
        Files.writeString(program, "#!/bin/sh\necho " + name + ": \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
