package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts the processes of a stack in order, keeps them running, and stops them. */
final class Supervisor {
    /** How long processes may take to get ready, from the moment when all of them are started. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(25);

    private final Stack planned;
    private final StackFile file;
    private final Duration patience;
    private final Consumer<String> say;
    private final List<Watch> watches;
    private Stack.State state = Stack.State.starting;

    Supervisor(
            List<ManagedProcess> processes, Stack stack, DataDirectory data, Duration patience, Consumer<String> say) {
        this.planned = stack;
        this.file = new StackFile(data.stackFile());
        this.patience = patience;
        this.say = say;
        this.watches = processes.stream()
                .map(process -> new Watch(process, data, this::publish, say))
                .toList();
    }

    /** Returns when the stack is ready. */
    void start() throws IOException, InterruptedException {
        publish();
        // The server needs its database to start at all; all others find their peers by themselves, and start at once.
        for (Watch watch : watches) {
            watch.start();
            if (watch.part() == Part.POSTGRES) {
                await(List.of(watch));
            }
        }
        await(watches);
        become(Stack.State.ready);
    }

    /** Waits for all of them, so that the failure of any is told at once. */
    private void await(List<Watch> waiting) throws InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        List<Watch> missing = waiting;
        while (!missing.isEmpty()) {
            missing = missing.stream().filter(watch -> !watch.wasReady()).toList();
            // The first start on a machine may have to fetch Temporal, which takes its time and has limits of its own.
            if (missing.stream().anyMatch(Watch::isPreparing)) {
                deadline = Instant.now().plus(patience);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new StackException("Not ready within " + patience.toSeconds() + " s: "
                        + missing.stream().map(watch -> watch.part().title()).collect(Collectors.joining(", ")) + "."
                        + missing.getFirst().lastWords());
            }
            Thread.sleep(LOOK);
        }
    }

    /** Stops what depends on others before the others. */
    void stop() {
        for (Watch watch : watches.reversed()) {
            try {
                watch.stop();
            } catch (IOException e) {
                say.accept("Could not stop " + watch.part().title() + ": " + e.getMessage());
            }
        }
        become(Stack.State.stopped);
    }

    private synchronized void become(Stack.State next) {
        state = next;
        publish();
    }

    /** The stack as it is now. */
    synchronized Stack stack() {
        Map<String, Long> processes = new LinkedHashMap<>();
        if (state != Stack.State.stopped) {
            processes.put("supervisor", ProcessHandle.current().pid());
        }
        for (Watch watch : watches) {
            watch.pid().ifPresent(pid -> processes.put(watch.part().id(), pid));
        }
        return planned.with(state, processes);
    }

    private synchronized void publish() {
        try {
            file.write(stack());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
