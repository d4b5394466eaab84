package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a supervisor that outlives the terminal, and shows what it says until the stack is ready. */
final class DetachedStart {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final DataDirectory data;
    private final Console console;
    private final LogFile log;
    private long shown;

    DetachedStart(DataDirectory data, Console console) {
        this.data = data;
        this.console = console;
        this.log = new LogFile(data.log("supervisor"));
    }

    /**
     * Returns the stack once it is ready, and nothing where the supervisor has given up. There is no limit here: the
     * supervisor has one, and knows what takes long for a good reason.
     */
    Optional<Stack> start(int port) throws IOException, InterruptedException {
        log.cap();
        shown = log.size();
        Process supervisor = Supervisor.launch(data, port, Map.of());
        Optional<Stack> ready = readyBy(supervisor);
        while (ready.isEmpty() && supervisor.isAlive()) {
            if (!console.isQuiet()) {
                show();
            }
            supervisor.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            ready = readyBy(supervisor);
        }
        if (ready.isEmpty() || !console.isQuiet()) {
            show();
        }
        return ready;
    }

    private Optional<Stack> readyBy(Process supervisor) {
        return new StackFile(data.stackFile())
                .read()
                .filter(stack -> stack.state() == Stack.State.ready)
                .filter(stack -> Objects.equals(stack.processes().get("supervisor"), supervisor.pid()));
    }

    private void show() throws IOException {
        String text = log.textFrom(shown);
        int end = text.lastIndexOf('\n') + 1;
        console.relay(text.substring(0, end));
        shown += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
