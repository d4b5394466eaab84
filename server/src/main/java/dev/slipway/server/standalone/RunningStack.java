package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts a stack, keeps it running, and stops it. The server and the agent live in this process, PostgreSQL and Temporal
 * beside it.
 */
final class RunningStack {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StackPlan plan;
    private final DataDirectory data;
    private final StackFile file;
    private final Consumer<String> say;
    private final List<Watch> watches;
    private final Patience patience;
    private final LocalAgent agent;
    private Supervisor supervisor;
    private Stack.State state = Stack.State.starting;

    RunningStack(StackPlan plan, DataDirectory data, Consumer<String> say) {
        this.plan = plan;
        this.data = data;
        this.file = new StackFile(data.stackFile());
        this.say = say;
        this.watches = plan.programs().stream()
                .map(program -> new Watch(program, data, this::publish, say))
                .toList();
        this.patience = new Patience(watches, PATIENCE);
        this.agent = new LocalAgent(data);
        this.supervisor = Supervisor.ofThisProcess(data);
    }

    /** Returns when the stack is ready. */
    void start() throws IOException, InterruptedException {
        publish();
        stopWhatIsNotPlanned();
        watches.forEach(Watch::start);
        // Of all that the server does, only its first contact with the database has to wait.
        plan.server().start(this::awaitDatabase);
        agent.start();
        for (Watch watch : watches) {
            patience.await(watch.part().title(), watch::wasReady, watch::lastWords);
        }
        patience.await("Server", plan.server()::isReady, plan.server()::lastWords);
        say.accept("Server is ready.");
        patience.await("Agent", () -> plan.server().knows(LocalAgent.NODE), plan.server()::lastWords);
        say.accept("Agent is ready.");
        become(Stack.State.ready);
    }

    /** Left by a stack that was killed, and that had other settings. */
    private void stopWhatIsNotPlanned() throws IOException {
        for (Part part : Part.values()) {
            if (watches.stream().noneMatch(watch -> watch.part() == part)) {
                data.pidFile(part).stop(part);
            }
        }
    }

    private void awaitDatabase() {
        try {
            for (Watch watch : watches) {
                if (watch.part() == Part.POSTGRES) {
                    patience.await(watch.part().title(), watch::wasReady, watch::lastWords);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while PostgreSQL starts", e);
        }
    }

    /** Has this process watched again when its supervisor was killed. */
    void keepSupervised() throws IOException {
        if (!supervisor.isAlive()) {
            supervisor = supervisor.replace();
            say.accept("The supervisor was killed; process " + supervisor.pid() + " replaces it.");
            publish();
        }
    }

    /** Stops what depends on others before the others. */
    void stop() {
        agent.stop();
        plan.server().stop();
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
            processes.put("supervisor", supervisor.pid());
            processes.put("server", ProcessHandle.current().pid());
        }
        for (Watch watch : watches) {
            watch.pid().ifPresent(pid -> processes.put(watch.part().id(), pid));
        }
        return plan.stack().with(state, processes);
    }

    private synchronized void publish() {
        try {
            file.write(stack());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
