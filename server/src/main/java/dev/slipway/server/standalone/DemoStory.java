package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three deployments of the demo, made with the command line that a user has, and checked at both ends. */
final class DemoStory {
    private static final int SUCCEEDED = 0;
    private static final int ROLLED_BACK = 6;

    private final DataDirectory data;
    private final DemoStage stage;
    private final Console console;
    private final List<String> options;

    /** {@code options}: what every command is told beside its own arguments. */
    DemoStory(DataDirectory data, DemoStage stage, Console console, List<String> options) {
        this.data = data;
        this.stage = stage;
        this.console = console;
        this.options = options;
    }

    /** True when all of it went as told. */
    boolean tell() throws IOException, InterruptedException {
        return chapter(
                        "Three targets on this machine",
                        SUCCEEDED,
                        "apply",
                        "-f",
                        stage.manifest().toString())
                && release("v1", false)
                && chapter(
                        "Release 1, on all targets at once",
                        SUCCEEDED,
                        "deploy",
                        "web@v1",
                        "--to",
                        "demo",
                        "--strategy",
                        "all-at-once")
                && ended("completed", "v1")
                && release("v2", false)
                && chapter(
                        "Release 2, one target after the other",
                        SUCCEEDED,
                        "deploy",
                        "web@v2",
                        "--to",
                        "demo",
                        "--strategy",
                        "rolling",
                        "--batch",
                        "1")
                && ended("completed", "v2")
                && release("v3", true)
                && chapter(
                        "Release 3 is broken: it fails its health check, and is rolled back automatically",
                        ROLLED_BACK,
                        "deploy",
                        "web@v3",
                        "--to",
                        "demo",
                        "--strategy",
                        "rolling",
                        "--batch",
                        "1")
                && ended("rolled_back", "v2");
    }

    private boolean release(String version, boolean broken) throws IOException, InterruptedException {
        String component = "web=" + stage.pack(version, broken);
        return chapter("Release " + version, SUCCEEDED, "release", "create", "web", version, "--component", component);
    }

    private boolean chapter(String title, int expected, String... arguments) throws IOException, InterruptedException {
        console.tell("");
        console.tell("# " + title);
        console.tell("$ slipway " + String.join(" ", arguments));
        List<String> command = new ArrayList<>(
                List.of(Programs.commandLine().toString(), "--data", data.path().toString()));
        command.addAll(options);
        command.addAll(List.of(arguments));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        return check(exitCode == expected, "exit code " + exitCode, "exit code " + expected);
    }

    /** Asks the API how the latest deployment ended, and the services what they run. */
    private boolean ended(String status, String version) throws IOException {
        String url = new StackFile(data.stackFile()).read().orElseThrow().url();
        Http.Answer answer = Http.get(
                url + "/api/deployments?environment=demo&limit=1",
                Files.readString(data.token()).strip());
        JsonNode latest =
                JsonMapper.shared().readTree(answer.body()).path("items").path(0);
        List<String> says = stage.answers();
        console.tell("Status according to the API: " + latest.path("status").asString("nothing")
                + "; responses of the services: " + String.join(", ", says) + ".");
        return check(latest.path("status").asString("").equals(status), "the deployment is not " + status, status)
                && check(says.equals(stage.expected(version)), "not every target runs " + version, version);
    }

    private boolean check(boolean holds, String seen, String expected) {
        if (!holds) {
            console.complain("demo failed: " + seen + ", expected " + expected + ". Logs: "
                    + data.path().resolve("logs"));
        }
        return holds;
    }
}
