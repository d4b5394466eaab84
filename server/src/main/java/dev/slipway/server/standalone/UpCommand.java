package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway up}. */
@Command(
        name = "up",
        description =
                "Starts the standalone stack: PostgreSQL, Temporal, the server and an agent for the node \"local\".",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Option(names = "--detach", description = "Return when the stack is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the stack's data; default: $SLIPWAY_DATA, else ~/.slipway.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of the API; default: 8400, or that of last time.")
    private int port;

    private final Console console = new Console();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = DataDirectory.open(dataPath());
        Optional<FileLock> lock = directory.lock();
        if (lock.isEmpty()) {
            return tellThatItRuns(directory);
        }
        if (detach) {
            lock.get().acquiredBy().close();
            return new DetachedStart(directory, console).start(port);
        }
        return run(directory);
    }

    private Path dataPath() {
        String environment = System.getenv("SLIPWAY_DATA");
        if (data != null) {
            return data;
        }
        return environment == null || environment.isBlank()
                ? Path.of(System.getProperty("user.home"), ".slipway")
                : Path.of(environment);
    }

    private int tellThatItRuns(DataDirectory directory) {
        Optional<Stack> stack = new StackFile(directory.stackFile()).read();
        console.say("Slipway is already running with the data folder " + directory.path()
                + stack.map(known -> ": " + known.url()).orElse(" (it is starting)"));
        return 0;
    }

    private int run(DataDirectory directory) throws IOException, InterruptedException {
        directory.makeSecrets();
        // First of all: they hold the ports that this stack wants again.
        Leftovers.stopAll(directory, console::say);
        StackPlan plan = StackPlan.make(directory, port, console::say);
        Supervisor supervisor = new Supervisor(plan, directory, console::say);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(() -> {
            console.say("Stopping; services that were deployed keep running.");
            supervisor.stop();
            stopped.countDown();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            supervisor.start();
        } catch (StackException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            console.say("Not started. " + e.getMessage());
            supervisor.stop();
            return 1;
        }
        console.say("Slipway is up. Ctrl-C or \"slipway down\" stops it.");
        console.announce(plan.stack(), directory);
        stopped.await();
        return 0;
    }
}
