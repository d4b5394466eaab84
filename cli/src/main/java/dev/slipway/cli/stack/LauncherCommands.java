package dev.slipway.cli.stack;

import dev.slipway.cli.command.CommandException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Commands that the launcher hands to other programs. They are here for the help and the completion; whoever gets to
 * run them has a command line without the program.
 */
public final class LauncherCommands {
    private LauncherCommands() {}

    /** {@code program}: what does it in an installation, as people start it; empty where only a clone can. */
    private static CommandException notHere(String command, String program) {
        String inClone = "run ./slipway " + command + " in a clone of the repository";
        return CommandException.usage(
                "\"" + command + "\" is not included in the command-line package",
                program.isEmpty() ? inClone : "run " + program + " from its archive, or " + inClone);
    }

    @Command(
            name = "up",
            description = "Start the stack on this machine: server, agent \"local\", database and Temporal.",
            footer = {
                "",
                "Its data is durable: after a crash of any or all parts, it continues where it stopped.",
                "",
                "Examples:",
                "  slipway up --detach",
                "  slipway up --detach --json",
                "  slipway up --data ./data --port 8080"
            })
    public static final class Up implements Callable<Integer> {
        @Option(names = "--detach", description = "Return once the stack is ready; it keeps running in the background.")
        boolean detach;

        @Option(
                names = "--port",
                paramLabel = "N",
                description = "Port of the API (default: the port used last, else 8400).")
        int port;

        @Override
        public Integer call() {
            throw notHere("up", "bin/slipway-server up");
        }
    }

    @Command(
            name = "agent",
            description = "Run the agent of a node: it deploys to the node's targets.",
            footer = {"", "Example:", "  slipway agent --node web-host-1 --data ./data"})
    public static final class Agent implements Callable<Integer> {
        @Option(names = "--node", paramLabel = "NAME", required = true, description = "Name of the node.")
        String node = "";

        @Option(names = "--state", paramLabel = "DIR", description = "The agent's state directory.")
        String state = "";

        @Override
        public Integer call() {
            throw notHere("agent", "bin/slipway-agent");
        }
    }

    @Command(
            name = "demo",
            description = "Run a one-minute demo: a release, an update, and a broken release that is rolled back.",
            footer = {"", "Example:", "  slipway demo --keep"})
    public static final class Demo implements Callable<Integer> {
        @Option(names = "--keep", description = "Leave the stack running at the end.")
        boolean keep;

        @Override
        public Integer call() {
            throw notHere("demo", "bin/slipway-server demo");
        }
    }

    @Command(
            name = "test",
            description = "Run every test of the repository, as CI does, or some of them.",
            footer = {"", "Examples:", "  slipway test quick", "  slipway test gitops", "  slipway test -pl core,store"
            })
    public static final class Test implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "SCOPE",
                description = {
                    "quick: no tests of whole stacks; or a feature: the tests in packages of that name.",
                    "Further options go to Maven."
                })
        @Nullable
        String scope;

        @Override
        public Integer call() {
            throw notHere("test", "");
        }
    }
}
