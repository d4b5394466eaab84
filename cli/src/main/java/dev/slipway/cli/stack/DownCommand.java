package dev.slipway.cli.stack;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Timeout;
import dev.slipway.cli.connection.ConnectionFinder;
import dev.slipway.cli.connection.StackFile;
import dev.slipway.cli.connection.StackProcess;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "down",
        description = "Stop the stack of this machine. Its data stays; 'slipway up' starts it again.",
        footer = {"", "Example:", "  slipway down --data ./data"})
public final class DownCommand implements Callable<Integer> {
    private static final long BETWEEN_LOOKS = 50;
    // Clients before what they need: PostgreSQL waits for its last connection.
    private static final List<String> ORDER = List.of("agent", "server", "temporal", "postgres");

    private final Invocation invocation;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Timeout.class,
            defaultValue = "60s",
            description = "Wait no longer than this for its processes to end (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(60);

    public DownCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path data = new ConnectionFinder(invocation).dataDirectory();
        Map<String, StackProcess> alive =
                StackFile.in(data).map(StackFile::alive).orElse(Map.of());
        if (alive.isEmpty()) {
            return report(data, alive, "nothing to do: no stack is running in " + data);
        }
        StackProcess supervisor = alive.get("supervisor");
        if (supervisor != null) {
            supervisor.terminate();
            waitForAll(data, alive);
        } else {
            invocation.terminal().note("the supervisor has already exited; stopping its processes");
            for (String name : ORDER) {
                StackProcess process = alive.get(name);
                if (process != null) {
                    process.terminate();
                    waitForAll(data, Map.of(name, process));
                }
            }
        }
        return report(data, alive, "stopped the stack in " + data + ": " + String.join(", ", alive.keySet()));
    }

    private int report(Path data, Map<String, StackProcess> stopped, String sentence) {
        Terminal terminal = invocation.terminal();
        if (!invocation.options().json()) {
            terminal.tell(sentence);
            return 0;
        }
        ObjectNode document = Json.object();
        document.put("state", "stopped");
        document.put("data", data.toString());
        ArrayNode names = document.putArray("stopped");
        stopped.keySet().forEach(names::add);
        terminal.print(Json.pretty(document));
        return 0;
    }

    private void waitForAll(Path data, Map<String, StackProcess> processes) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (processes.values().stream().anyMatch(StackProcess::isAlive)) {
            if (System.nanoTime() > deadline) {
                throw CommandException.failed(
                        "still running: " + stillRunning(processes), "see " + data.resolve("logs"));
            }
            pause();
        }
    }

    private static String stillRunning(Map<String, StackProcess> processes) {
        List<String> names = processes.entrySet().stream()
                .filter(entry -> entry.getValue().isAlive())
                .map(entry -> entry.getKey() + " (process " + entry.getValue().pid() + ")")
                .toList();
        return String.join(", ", names);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the stack was stopping", null);
        }
    }
}
