package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a supervisor that outlives the terminal, and shows what it says until the stack is ready. */
final class DetachedStart {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final DataDirectory data;
    private final Console console;
    private final LogFile log;
    private long shown;

    DetachedStart(DataDirectory data, Console console) {
        this.data = data;
        this.console = console;
        this.log = new LogFile(data.log("supervisor"));
    }

    int start(int port) throws IOException, InterruptedException {
        log.cap();
        shown = log.size();
        Process supervisor = launch(port);
        Instant deadline = Instant.now().plus(LIMIT);
        while (!isReady(supervisor)) {
            show();
            if (!supervisor.isAlive()) {
                show();
                return 1;
            }
            if (Instant.now().isAfter(deadline)) {
                console.say("The stack is not ready after " + LIMIT.toSeconds() + " s; stopping it. Logs: "
                        + data.path().resolve("logs"));
                Leftovers.stop(supervisor.toHandle(), "TERM", GRACE);
                return 1;
            }
            supervisor.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        show();
        new StackFile(data.stackFile()).read().ifPresent(stack -> console.announce(stack, data));
        return 0;
    }

    private Process launch(int port) throws IOException {
        List<String> command = new ArrayList<>();
        Commands.onPath("setsid").ifPresentOrElse(setsid -> command.add(setsid.toString()), () -> command.add("nohup"));
        command.addAll(List.of(
                Programs.server().toString(), "up", "--data", data.path().toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        return new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
                .start();
    }

    private boolean isReady(Process supervisor) {
        Optional<Stack> stack = new StackFile(data.stackFile()).read();
        return stack.filter(known -> known.state() == Stack.State.ready)
                .map(known -> known.processes().get("supervisor"))
                .filter(pid -> pid == supervisor.pid())
                .isPresent();
    }

    private void show() throws IOException {
        String text = log.textFrom(shown);
        int end = text.lastIndexOf('\n') + 1;
        System.err.print(text.substring(0, end));
        shown += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
