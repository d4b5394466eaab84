package dev.slipway.cli.timeline;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "logs",
        description = "Print the output of a deployment's targets.",
        footer = {"", "Examples:", "  slipway logs 01k3 --target web-2", "  slipway logs 01k3 -f"})
public final class LogsCommand implements Callable<Integer> {
    private static final long BETWEEN_LOOKS = 1_000;

    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--target", paramLabel = "TARGET", description = "Only the log of this target.")
    private @Nullable String target;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow until the deployment has ended.")
    private boolean follow;

    public LogsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String path = DeploymentParameter.path(id);
        ApiClient api = ApiClient.of(invocation);
        if (follow && invocation.options().json()) {
            throw CommandException.usage(
                    "--follow and --json exclude each other: a JSON document cannot be streamed", null);
        }
        LogPages pages = new LogPages(api, path + "/logs", target);
        if (invocation.options().json()) {
            printDocument(pages);
            return 0;
        }
        pages.read(this::print);
        boolean goesOn = follow;
        while (goesOn) {
            pause();
            // Asked before the lines are, so that none is missed that came before the end.
            goesOn = !Deployment.of(api.get(path)).hasEnded();
            pages.read(this::print);
        }
        return 0;
    }

    private void printDocument(LogPages pages) {
        ObjectNode document = Json.object();
        ArrayNode items = document.putArray("items");
        pages.read(items::add);
        invocation.terminal().print(Json.pretty(document));
    }

    private void print(JsonNode line) {
        Terminal terminal = invocation.terminal();
        String stream = Json.text(line, "stream");
        Colour colour = switch (stream) {
            case "stderr" -> Colour.ATTENTION;
            case "slipway" -> Colour.FAINT;
            default -> Colour.NONE;
        };
        String origin = Times.millisecond(line, "at") + " " + Json.text(line, "target") + " " + stream;
        terminal.print(terminal.painted(Colour.FAINT, Untrusted.line(origin) + " | ")
                + terminal.painted(colour, Untrusted.line(Json.text(line, "text"))));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", null);
        }
    }
}
