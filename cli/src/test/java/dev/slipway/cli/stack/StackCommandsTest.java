package dev.slipway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StackCommandsTest {
    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
        started.forEach(Process::destroyForcibly);
    }

    /** A process that can be told to be of a stack by its command line. */
    private Process start(String name) throws IOException {
        Path file = Files.writeString(directory.resolve("slipway-" + name), "");
        Process process = new ProcessBuilder("tail", "-f", file.toString()).start();
        started.add(process);
        return process;
    }

    /** Ends the others once it is told to end, as a supervisor does. */
    private Process startSupervisorOf(Process other) throws IOException {
        Path script = Files.writeString(
                directory.resolve("slipway-supervisor.sh"),
                "trap 'kill " + other.pid() + "; exit 0' TERM\ntouch ready\nwhile true; do sleep 0.05; done\n");
        Process process = new ProcessBuilder("sh", script.toString())
                .directory(directory.toFile())
                .start();
        started.add(process);
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(directory.resolve("ready")));
        return process;
    }

    private void write(String state, Map<String, Process> processes) throws IOException {
        String pids = processes.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue().pid())
                .collect(Collectors.joining(","));
        Files.writeString(directory.resolve("token"), ApiDouble.TOKEN);
        Files.writeString(
                directory.resolve("stack.json"),
                "{\"state\":\"" + state + "\",\"url\":\"" + api.url() + "\",\"tokenFile\":\""
                        + directory.resolve("token")
                        + "\",\"temporalAddress\":\"127.0.0.1:7233\",\"temporalUi\":\"http://127.0.0.1:8233\","
                        + "\"processes\":{" + pids + "}}");
    }

    private Result run(String... arguments) {
        return new CommandRun(directory)
                .set("SLIPWAY_DATA", directory.toString())
                .run(arguments);
    }

    @Test
    void tellsWhereARunningStackIs() throws IOException {
        Process supervisor = start("supervisor");
        Process server = start("server");
        write("ready", Map.of("supervisor", supervisor, "server", server));

        Result json = run("status", "--json");

        assertThat(json.exitCode()).isZero();
        assertThat(json.json().get("url").asString()).isEqualTo(api.url());
        assertThat(json.json().get("state").asString()).isEqualTo("ready");
        assertThat(json.json().get("tokenFile").asString()).endsWith("/token");
        assertThat(json.json().get("temporalAddress").asString()).isEqualTo("127.0.0.1:7233");
        assertThat(json.json().get("temporalUi").asString()).isEqualTo("http://127.0.0.1:8233");
        assertThat(json.json().get("processes").get("supervisor").asLong()).isEqualTo(supervisor.pid());
        assertThat(run("status").out()).contains(api.url()).contains("process " + server.pid());
    }

    @Test
    void saysThatNothingRunsOnceTheProcessesAreGone() throws IOException, InterruptedException {
        Process supervisor = start("supervisor");
        write("ready", Map.of("supervisor", supervisor));
        supervisor.destroyForcibly().waitFor();

        Result result = run("status", "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().get("state").asString()).isEqualTo("stopped");
        assertThat(result.err()).startsWith("error: no stack is running in ").contains("slipway up");
    }

    @Test
    void takesNoStrangerForAProcessOfTheStack() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        started.add(stranger);
        write("ready", Map.of("supervisor", stranger));
        assertThat(run("down").out()).startsWith("nothing to do");

        Process younger = start("supervisor");
        write("ready", Map.of("supervisor", younger));
        Files.setLastModifiedTime(
                directory.resolve("stack.json"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        assertThat(run("down").out()).startsWith("nothing to do");

        assertThat(stranger.isAlive()).isTrue();
        assertThat(younger.isAlive()).isTrue();
    }

    @Test
    void stopsTheStackAndWaitsUntilAllOfItIsGone() throws IOException, InterruptedException {
        Process server = start("server");
        Process supervisor = startSupervisorOf(server);
        write("ready", Map.of("supervisor", supervisor, "server", server));

        Result result = run("down");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("stopped the stack in ")
                .contains("supervisor")
                .contains("server");
        assertThat(server.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(run("down").out()).startsWith("nothing to do: no stack is running in ");
        assertThat(run("down").exitCode()).isZero();
    }

    @Test
    void endsWhatADeadSupervisorLeft() throws IOException {
        Process server = start("server");
        Process postgres = start("postgres");
        write("ready", Map.of("server", server, "postgres", postgres));

        Result result = run("down", "--json");

        assertThat(result.json().get("stopped").size()).isEqualTo(2);
        assertThat(server.isAlive()).isFalse();
        assertThat(postgres.isAlive()).isFalse();
    }

    @Test
    void saysWhatDoesNotEnd() throws IOException {
        Path script = Files.writeString(
                directory.resolve("slipway-stubborn.sh"),
                "trap '' TERM\ntouch ready\nwhile true; do sleep 0.05; done\n");
        Process stubborn = new ProcessBuilder("sh", script.toString())
                .directory(directory.toFile())
                .start();
        started.add(stubborn);
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(directory.resolve("ready")));
        write("ready", Map.of("supervisor", stubborn));

        Result result = run("down", "--timeout", "300ms");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("still running: supervisor (process " + stubborn.pid() + ")");
    }

    @Test
    void saysThatTheApiDoesNotAnswer() throws IOException {
        write("starting", Map.of("supervisor", start("supervisor")));
        api.stop();

        Result result = run("status");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("starting");
        assertThat(result.err()).contains("its API does not respond");
    }

    @Test
    void pingsAServerElsewhere() {
        Result result = new CommandRun(directory).run("status", "--url", api.url(), "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().get("state").asString()).isEqualTo("ready");
    }

    @Test
    void namesThePartsThatTheCommandLineAloneDoesNotHave() {
        for (String[] command :
                new String[][] {{"up", "--detach"}, {"agent", "--node", "a"}, {"demo", "--keep"}, {"test"}}) {
            Result result = run(command);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("is not included in the command-line package")
                    .contains("./slipway " + command[0]);
        }
    }
}
