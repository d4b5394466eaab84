package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway demo}. */
@Command(
        name = "demo",
        description = "Runs a one-minute demo: a release, an update, and a broken release that is rolled back.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofMinutes(1);

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--keep", description = "Leave the stack and the services running.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = new Console(options.quiet);
        // A stack of its own, whatever the environment or a project says of others.
        DataDirectory directory =
                DataDirectory.open(options.data == null ? Files.createTempDirectory("slipway-demo") : options.data);
        DemoStage stage = DemoStage.build(directory.path().resolve("demo"));
        Thread cleanup = new Thread(() -> cleanUp(directory, stage, console));
        Runtime.getRuntime().addShutdownHook(cleanup);
        boolean success = new DetachedStart(directory, console).start(0).isPresent()
                && new DemoStory(directory, stage, console, optionsOfCommands()).tell();
        if (success) {
            console.say("Demo completed.");
        }
        if (success && keep) {
            Runtime.getRuntime().removeShutdownHook(cleanup);
            showWhatStays(directory, stage, console);
        }
        return success ? 0 : 1;
    }

    private List<String> optionsOfCommands() {
        List<String> passed = new ArrayList<>();
        if (options.quiet) {
            passed.add("--quiet");
        }
        if (options.noColor) {
            passed.add("--no-color");
        }
        return passed;
    }

    private void showWhatStays(DataDirectory directory, DemoStage stage, Console console) {
        new StackFile(directory.stackFile()).read().ifPresent(stack -> console.announce(stack, directory));
        stage.urls().forEach(url -> console.tell("Service      " + url));
        console.say("The stack keeps running. Stop it with: slipway down --data " + directory.path());
    }

    private void cleanUp(DataDirectory directory, DemoStage stage, Console console) {
        console.say("Cleaning up.");
        try {
            ProcessHandle supervisor = new StackFile(directory.stackFile())
                    .read()
                    .flatMap(stack -> Optional.ofNullable(stack.processes().get("supervisor")))
                    .flatMap(ProcessHandle::of)
                    .orElse(null);
            if (supervisor != null) {
                PidFile.stop(supervisor, "TERM", GRACE);
            }
            stage.stopServices();
            if (options.data == null) {
                CacheDirectory.delete(directory.path());
            }
        } catch (IOException e) {
            console.complain("incomplete cleanup of " + directory.path() + ": " + e.getMessage());
        }
    }
}
