package dev.slipway.agent;

import dev.slipway.agent.artifact.ArchiveStore;
import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.connection.Presence;
import dev.slipway.agent.connection.SettingsSource;
import dev.slipway.agent.connection.TemporalConnection;
import dev.slipway.agent.docker.DockerDriver;
import dev.slipway.agent.fleet.AgentTargetActivities;
import dev.slipway.agent.process.ProcessDriver;
import dev.slipway.agent.state.AgentState;
import dev.slipway.agent.timeline.LogShipping;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.StackSearch;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        description = "Runs releases on this node, as the control plane says.",
        mixinStandardHelpOptions = true)
public final class AgentMain implements Callable<Integer> {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(12);

    @Option(names = "--node", required = true, paramLabel = "NAME", description = "The name of this node.")
    private String node = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the stack. Default: $SLIPWAY_DATA, that of slipway.yaml, ~/.slipway.")
    private @Nullable Path data;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the agent keeps its own records. Default: agents/NAME in the data directory.")
    private @Nullable Path state;

    @Option(
            names = {"-q", "--quiet"},
            description = "Log warnings and errors only.")
    private boolean quiet;

    @Option(names = "--no-color", description = "Use no colour; the agent uses none.")
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
        Optional<AgentState> taken = AgentState.take(folder.toAbsolutePath().normalize());
        if (taken.isEmpty()) {
            System.err.println("error: another agent of node " + node + " is running with " + folder
                    + ". Stop it first, or give this one another --node or --state.");
            return 1;
        }
        try (AgentState own = taken.get()) {
            serve(own, new SettingsSource(stack, System.getenv()));
        }
        return 0;
    }

    private void serve(AgentState own, SettingsSource settings) throws InterruptedException {
        ControlPlane controlPlane = new ControlPlane(settings::read);
        DockerDriver docker = new DockerDriver();
        ProcessDriver processes = new ProcessDriver(own.targets(), new ArchiveStore(own.archives(), controlPlane));
        processes.adopt();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        endOnSignal(asked, ended);
        try (LogShipping shipping = LogShipping.begin(controlPlane)) {
            AgentTargetActivities activities = new AgentTargetActivities(
                    own.targets(), List.of(processes, docker), shipping, target -> maskOf(target, controlPlane));
            try (Presence _ = Presence.begin(controlPlane, node, version(), () -> runtimes(docker))) {
                while (asked.getCount() > 0) {
                    serve(settings, activities, asked);
                }
            }
        } catch (InterruptedException e) {
            if (asked.getCount() > 0) {
                throw e;
            }
        } finally {
            ended.countDown();
        }
    }

    /** Serves one Temporal until the agent is asked to end, or the stack has another one. */
    private void serve(SettingsSource settings, AgentTargetActivities activities, CountDownLatch asked)
            throws InterruptedException {
        Thread waiting = Thread.currentThread();
        Thread interrupter = Thread.ofVirtual().start(() -> awaitThenInterrupt(asked, waiting));
        try (TemporalConnection connection = TemporalConnection.open(settings::read, node, activities)) {
            interrupter.interrupt();
            awaitEnd(connection, settings, asked);
            connection.suspend();
            activities.stop(DRAIN);
        }
    }

    private static void awaitEnd(TemporalConnection connection, SettingsSource settings, CountDownLatch asked) {
        try {
            boolean ends = false;
            while (!ends && connection.isStillMeant(settings::read)) {
                ends = asked.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The signal came just as the connection stood; the interrupt must not cut the farewell short.
            return;
        }
    }

    /** Services go on; what ends is this process, once its own steps have come to rest. */
    private static void endOnSignal(CountDownLatch asked, CountDownLatch ended) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static void awaitThenInterrupt(CountDownLatch asked, Thread waiting) {
        try {
            asked.await();
            waiting.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Mask maskOf(Target target, ControlPlane controlPlane) {
        return Mask.ofVariables(target.environment()).and(List.of(controlPlane.token()));
    }

    private static Set<String> runtimes(DockerDriver docker) throws InterruptedException {
        Set<String> runtimes = new TreeSet<>(Set.of("process"));
        if (docker.isAvailable()) {
            runtimes.add("docker");
        }
        return runtimes;
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
