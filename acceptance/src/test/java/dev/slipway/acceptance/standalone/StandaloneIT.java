package dev.slipway.acceptance.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Distribution;
import dev.slipway.acceptance.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the documents promise of a stack on one machine, with the programs that a user installs. */
class StandaloneIT {
    private static final String VERSION = "0.1.0";
    private static final String CLI = "slipway-cli-%s/bin/slipway";
    private static final String AGENT = "slipway-agent-%s/bin/slipway-agent";
    private static final String SERVER = "slipway-server-%s/bin/slipway-server";

    private final Path installation;
    private final Path project;

    StandaloneIT(@TempDir Path folder) throws IOException {
        this.installation = Files.createDirectory(folder.resolve("installation"));
        this.project = Files.createDirectory(folder.resolve("project"));
    }

    @AfterEach
    void stop() {
        if (Files.exists(project.resolve("stack"))) {
            run(CLI, "down").expect(0);
        }
    }

    @Test
    void tellsInADemoHowABrokenReleaseGoesBack() {
        Command.Result demo = Command.run(Distribution.server().toString(), "demo", "--no-color")
                .expect(0);

        assertThat(demo.output())
                .containsSubsequence(
                        "$ slipway apply",
                        "$ slipway deploy web@v1",
                        "Status according to the API: completed; responses of the services: demo-1 runs v1, demo-2 runs v1, demo-3 runs v1.",
                        "$ slipway deploy web@v2",
                        "Status according to the API: completed; responses of the services: demo-1 runs v2, demo-2 runs v2, demo-3 runs v2.",
                        "$ slipway deploy web@v3",
                        "Status according to the API: rolled_back; responses of the services: demo-1 runs v2, demo-2 runs v2, demo-3 runs v2.");
        assertThat(demo.errors()).contains("Demo completed.");
    }

    @Test
    void needsNothingButItsArchivesAndAJdk() throws IOException {
        for (Path archive : Distribution.archives()) {
            Command.run("tar", "-xzf", archive.toString(), "-C", installation.toString())
                    .expect(0);
        }
        Files.writeString(project.resolve("slipway.yaml"), "data: stack\n");

        JsonNode stack = run(SERVER, "up", "--detach", "--json", "--quiet", "--port", Integer.toString(Ports.free()))
                .expect(0)
                .json();
        assertThat(stack.path("state").asString()).isEqualTo("ready");
        assertThat(Path.of(stack.path("data").asString())).isEqualTo(project.resolve("stack"));

        Command.Result again = run(SERVER, "up").expect(0);
        assertThat(again.errors())
                .contains("already running")
                .contains(stack.path("url").asString());
        assertThat(again.output())
                .startsWith("API          " + stack.path("url").asString());

        JsonNode status = run(CLI, "status", "--json").expect(0).json();
        assertThat(status.path("url")).isEqualTo(stack.path("url"));
        assertThat(status.path("processes")).isEqualTo(stack.path("processes"));

        assertThat(run(AGENT, "--node", "local").expect(1).errors())
                .startsWith("error: another agent of node local is running with " + project.resolve("stack"));

        run(CLI, "down").expect(0);
        run(CLI, "status").expect(1);
    }

    /** Runs a program of an archive in the project. Where Temporal was fetched to is all that it is told. */
    private Command.Result run(String program, String... arguments) {
        Map<String, String> environment =
                new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home")));
        String cache = System.getenv("SLIPWAY_CACHE");
        if (cache != null) {
            environment.put("SLIPWAY_CACHE", cache);
        }
        String[] command = new String[arguments.length + 1];
        command[0] = installation.resolve(program.formatted(VERSION)).toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.runAlone(project, environment, command);
    }
}
