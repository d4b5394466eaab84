package dev.slipway.cli.stack;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.Connection;
import dev.slipway.cli.connection.ConnectionFinder;
import dev.slipway.cli.connection.Ping;
import dev.slipway.cli.connection.StackFile;
import dev.slipway.cli.connection.StackProcess;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "status",
        description = "Show whether the stack is running, and where. The exit code is 0 if it is.",
        footer = {"", "Examples:", "  slipway status", "  slipway status --json --data ./data"})
public final class StatusCommand implements Callable<Integer> {
    private static final String HOW_TO_START = "start it with: slipway up";

    private final Invocation invocation;

    public StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Connection connection;
        try {
            connection = new ConnectionFinder(invocation).findAddress();
        } catch (CommandException e) {
            if (invocation.options().json() && e.exitCode() == ExitCode.FAILED) {
                ObjectNode document = Json.object();
                document.put("state", "stopped");
                document.putObject("processes");
                invocation.terminal().print(Json.pretty(document));
            }
            throw e;
        }
        StackFile stack = connection.stack();
        return stack == null ? ofRemote(connection) : ofStack(connection, stack);
    }

    private int ofRemote(Connection connection) {
        boolean answers = Ping.answers(connection);
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            ObjectNode document = Json.object();
            document.put("url", connection.url().toString());
            document.put("state", answers ? "ready" : "unreachable");
            terminal.print(Json.pretty(document));
        } else if (answers) {
            terminal.print(terminal.painted(Colour.GOOD, "ready") + "   " + connection.url());
        }
        if (!answers) {
            throw CommandException.failed(
                    "no API responds at " + connection.url(), "check SLIPWAY_URL, and that the server is running");
        }
        return 0;
    }

    private int ofStack(Connection connection, StackFile stack) {
        Map<String, StackProcess> alive = stack.alive();
        boolean answers = !alive.isEmpty() && Ping.answers(connection);
        String state = state(stack, alive, answers);
        if (invocation.options().json()) {
            invocation.terminal().print(Json.pretty(document(stack, alive, state)));
        } else if (!alive.isEmpty()) {
            print(stack, alive, state);
        }
        if (alive.isEmpty()) {
            throw CommandException.failed("no stack is running in " + stack.data(), HOW_TO_START);
        }
        if (!answers) {
            throw CommandException.failed(
                    "the stack in " + stack.data() + " is " + state + ", and its API does not respond at "
                            + connection.url(),
                    alive.containsKey("supervisor")
                            ? "wait a moment, or see " + stack.data().resolve("logs")
                            : "its supervisor has exited; " + HOW_TO_START);
        }
        return 0;
    }

    private static String state(StackFile stack, Map<String, StackProcess> alive, boolean answers) {
        if (alive.isEmpty()) {
            return "stopped";
        }
        if (!alive.containsKey("supervisor") || (stack.state().equals("ready") && !answers)) {
            return "degraded";
        }
        return stack.state();
    }

    private static ObjectNode document(StackFile stack, Map<String, StackProcess> alive, String state) {
        ObjectNode document = Json.object();
        document.put("state", state);
        document.put("data", stack.data().toString());
        for (String field : new String[] {"url", "tokenFile", "temporalAddress", "temporalNamespace", "temporalUi"}) {
            document.put(field, stack.fields().get(field));
        }
        ObjectNode processes = document.putObject("processes");
        alive.forEach((name, process) -> processes.put(name, process.pid()));
        return document;
    }

    private void print(StackFile stack, Map<String, StackProcess> alive, String state) {
        Terminal terminal = invocation.terminal();
        Colour colour = state.equals("ready") ? Colour.GOOD : Colour.ATTENTION;
        terminal.print("state         " + terminal.painted(colour, state));
        terminal.print("data          " + stack.data());
        terminal.print("api           " + Untrusted.line(stack.url()));
        terminal.print("token file    " + Untrusted.line(stack.text("tokenFile")));
        terminal.print("temporal      " + Untrusted.line(stack.text("temporalAddress")));
        terminal.print("temporal ui   " + Untrusted.line(stack.text("temporalUi")));
        for (String name : new TreeSet<>(stack.processes().keySet())) {
            StackProcess process = alive.get(name);
            String label = "%-13s ".formatted(Untrusted.line(name));
            terminal.print(label
                    + (process == null ? terminal.painted(Colour.BAD, "not running") : "process " + process.pid()));
        }
    }
}
