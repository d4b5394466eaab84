package dev.slipway.cli;

import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.ScreenSize;
import dev.slipway.cli.terminal.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs command lines in this process, with surroundings of their own. */
public final class CommandRun {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";
    private boolean onScreen;

    /** What came of it. */
    public record Result(int exitCode, String out, String err) {
        public JsonNode json() {
            return Json.parse(out);
        }
    }

    public CommandRun(Path directory) {
        this.directory = directory;
        environment.put("LANG", "C.UTF-8");
    }

    /** In a directory, with the address and token of the double. */
    public static CommandRun with(ApiDouble api, Path directory) {
        return new CommandRun(directory).set("SLIPWAY_URL", api.url()).set("SLIPWAY_TOKEN", ApiDouble.TOKEN);
    }

    public CommandRun set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public CommandRun input(String text) {
        input = text;
        return this;
    }

    public CommandRun onScreen() {
        onScreen = true;
        return this;
    }

    /** What was written to standard output so far. */
    public String outSoFar() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String errSoFar() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public Result run(String... arguments) {
        return result(SlipwayCli.run(surroundings(), streams(), arguments));
    }

    /** As the program {@code dag-deploy}. */
    public Result runDagDeploy(String... arguments) {
        return result(DagDeploy.run(surroundings(), streams(), arguments));
    }

    private Result result(int code) {
        return new Result(code, outSoFar(), errSoFar());
    }

    private Surroundings surroundings() {
        return new Surroundings(Map.copyOf(environment), directory, directory.resolve("home"));
    }

    private Streams streams() {
        return new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                onScreen,
                onScreen,
                () -> new ScreenSize(80, 24));
    }
}
