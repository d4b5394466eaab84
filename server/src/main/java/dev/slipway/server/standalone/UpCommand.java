package dev.slipway.server.standalone;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.project.StackSearch;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway up}. */
@Command(
        name = "up",
        description =
                "Starts the standalone stack: PostgreSQL, Temporal, the server and an agent for the node \"local\".")
final class UpCommand implements Callable<Integer> {
    private static final Duration LOOK_AFTER_SUPERVISOR = Duration.ofSeconds(1);

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--detach", description = "Return when the stack is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of the API; default: the port used last, else 8400.")
    private int port;

    @Option(names = "--train", hidden = true, description = "Stop when the stack is ready.")
    private boolean training;

    @Option(names = "--json", description = "Print one JSON document on standard output, once the stack is ready.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = new Console(options.quiet);
        DataDirectory directory = DataDirectory.open(dataPath());
        Optional<FileLock> lock = directory.lock();
        if (lock.isEmpty()) {
            tellThatItRuns(directory, console);
            return 0;
        }
        if (detach) {
            lock.get().acquiredBy().close();
            return startDetached(directory, console);
        }
        return run(directory, console);
    }

    private Path dataPath() {
        StackSearch search = new StackSearch(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "/")),
                ProjectYaml::read);
        try {
            return search.dataDirectory(options.data);
        } catch (InvalidInputException e) {
            throw new StackException(String.valueOf(e.getMessage()), e);
        }
    }

    private void tellThatItRuns(DataDirectory directory, Console console) {
        Optional<Stack> ready =
                new StackFile(directory.stackFile()).read().filter(stack -> stack.state() == Stack.State.ready);
        console.say("Slipway is already running with the data folder " + directory.path()
                + ready.map(stack -> ": " + stack.url()).orElse(" (it is starting)"));
        ready.ifPresent(stack -> announce(stack, directory, console));
    }

    private void announce(Stack stack, DataDirectory directory, Console console) {
        if (json) {
            console.tell(stack.document(directory));
        } else {
            console.announce(stack, directory);
        }
    }

    private int startDetached(DataDirectory directory, Console console) throws IOException, InterruptedException {
        Optional<Stack> ready = new DetachedStart(directory, console).start(port);
        ready.ifPresent(stack -> announce(stack, directory, console));
        return ready.isPresent() ? 0 : 1;
    }

    private int run(DataDirectory directory, Console console) throws IOException, InterruptedException {
        directory.makeSecrets();
        StackPlan plan = StackPlan.make(directory, port, System.getenv(), console::say);
        RunningStack running = new RunningStack(plan, directory, console::say);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(() -> {
            console.say("Stopping; services that were deployed keep running.");
            running.stop();
            stopped.countDown();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            running.start();
        } catch (StackException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            console.complain("not started: " + e.getMessage());
            running.stop();
            return 1;
        }
        console.say("Slipway is up. Ctrl-C or \"slipway down\" stops it.");
        announce(running.stack(), directory, console);
        while (!training && !stopped.await(LOOK_AFTER_SUPERVISOR.toMillis(), TimeUnit.MILLISECONDS)) {
            running.keepSupervised();
        }
        return 0;
    }
}
