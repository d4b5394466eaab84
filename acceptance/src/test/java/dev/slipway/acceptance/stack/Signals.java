package dev.slipway.acceptance.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the tests do to processes. */
public final class Signals {
    private Signals() {}

    /** Sends a signal, named as kill names it; to a process that is gone already, nothing. */
    public static void send(String signal, long pid) {
        Command.run("kill", "-" + signal, Long.toString(pid));
    }

    /** Kills the process and returns once it is gone. */
    public static void kill(long pid) {
        send("KILL", pid);
        awaitGone(pid, Duration.ofSeconds(60));
    }

    /** Kills them at one moment. */
    static void killAll(Collection<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        Command.run(command.toArray(String[]::new));
        pids.forEach(pid -> awaitGone(pid, Duration.ofSeconds(60)));
    }

    static void awaitGone(long pid, Duration patience) {
        Optional<CompletableFuture<ProcessHandle>> end = ProcessHandle.of(pid).map(ProcessHandle::onExit);
        try {
            if (end.isPresent()) {
                end.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("Process " + pid + " has not ended within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while process " + pid + " ends", e);
        }
    }
}
