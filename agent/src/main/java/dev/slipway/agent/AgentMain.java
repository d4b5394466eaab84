package dev.slipway.agent;

import dev.slipway.agent.connection.SettingsSource;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.StackSearch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agent of one node. */
@Command(
        name = "slipway-agent",
        description = "Runs releases on this node for the control plane.",
        mixinStandardHelpOptions = true)
public final class AgentMain implements Callable<Integer> {
    @Option(names = "--node", required = true, paramLabel = "NAME", description = "The name of this node.")
    private String node = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the stack. Default: $SLIPWAY_DATA, data of slipway.yaml, ~/.slipway.")
    private @Nullable Path data;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The agent's state directory. Default: agents/NAME in the data directory.")
    private @Nullable Path state;

    @Option(
            names = {"-q", "--quiet"},
            description = "Log warnings and errors only.")
    private boolean quiet;

    @Option(names = "--no-color", description = "Accepted for consistency; the agent never uses colour.")
    boolean noColor;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new AgentMain())
                .setParameterExceptionHandler(Failures::misused)
                .setExecutionExceptionHandler(Failures::failed)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        commandLine.getCommandSpec().version(version());
        return commandLine;
    }

    static String version() {
        try (InputStream in = AgentMain.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quiet) {
            // Before the first logger is made, which reads it.
            System.setProperty("org.slf4j.simpleLogger.log.dev.slipway", "warn");
        }
        try {
            Names.requireName("--node", node);
        } catch (InvalidInputException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Path stack = dataDirectory();
        Path folder = state != null ? state : stack.resolve("agents").resolve(node);
        Optional<NodeAgent> taken = NodeAgent.take(node, folder, new SettingsSource(stack, System.getenv()));
        if (taken.isEmpty()) {
            System.err.println("error: another agent of node " + node + " is running with " + folder
                    + ". Stop it first, or give this one another --node or --state.");
            return 1;
        }
        NodeAgent agent = taken.get();
        // Services go on; what ends is this process, once its own steps have come to rest.
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
        agent.serve();
        return 0;
    }

    private Path dataDirectory() {
        return new StackSearch(
                        System.getenv(),
                        Path.of("").toAbsolutePath(),
                        Path.of(System.getProperty("user.home", "/")),
                        ProjectYaml::read)
                .dataDirectory(data);
    }
}
