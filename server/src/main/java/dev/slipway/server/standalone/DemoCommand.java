package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway demo}. */
@Command(
        name = "demo",
        description = "Shows it all in a minute: a release, an update, and a broken one that is rolled back.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofMinutes(1);

    @Option(names = "--keep", description = "Leave the stack and the services running.")
    private boolean keep;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of the stack's data; default: a new one.")
    private @Nullable Path data;

    private final Console console = new Console();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = DataDirectory.open(data == null ? Files.createTempDirectory("slipway-demo") : data);
        DemoStage stage = DemoStage.build(directory.path().resolve("demo"));
        Thread cleanup = new Thread(() -> cleanUp(directory, stage));
        Runtime.getRuntime().addShutdownHook(cleanup);
        boolean success =
                new DetachedStart(directory, console).start(0) == 0 && new DemoStory(directory, stage, console).tell();
        if (success) {
            console.say("All of it went as told.");
        }
        if (success && keep) {
            Runtime.getRuntime().removeShutdownHook(cleanup);
            showWhatStays(directory, stage);
        }
        return success ? 0 : 1;
    }

    private void showWhatStays(DataDirectory directory, DemoStage stage) {
        new StackFile(directory.stackFile()).read().ifPresent(stack -> console.announce(stack, directory));
        stage.urls().forEach(url -> console.tell("Service      " + url));
        console.say("It all stays up. Stop the stack with: slipway down --data " + directory.path());
    }

    private void cleanUp(DataDirectory directory, DemoStage stage) {
        console.say("Cleaning up.");
        try {
            ProcessHandle supervisor = new StackFile(directory.stackFile())
                    .read()
                    .flatMap(stack -> Optional.ofNullable(stack.processes().get("supervisor")))
                    .flatMap(ProcessHandle::of)
                    .orElse(null);
            if (supervisor != null) {
                Leftovers.stop(supervisor, "TERM", GRACE);
            }
            stage.stopServices();
            if (data == null) {
                CacheDirectory.delete(directory.path());
            }
        } catch (IOException e) {
            console.say("Not all could be cleaned up in " + directory.path() + ": " + e.getMessage());
        }
    }
}
