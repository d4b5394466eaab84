package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one process running: starts it, sees it end, starts it again, until it is told to stop. */
final class Watch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STABLE = Duration.ofSeconds(30);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);
    private static final int LINES_SHOWN = 15;
    private static final int TRIES_TO_GET_READY = 3;

    private final ManagedProcess spec;
    private final DataDirectory data;
    private final LogFile log;
    private final Runnable changed;
    private final Consumer<String> say;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean wasReady;
    private final AtomicInteger exits = new AtomicInteger();
    private volatile long logStart;
    private volatile @Nullable Process process;
    private volatile @Nullable Exception fault;

    Watch(ManagedProcess spec, DataDirectory data, Runnable changed, Consumer<String> say) {
        this.spec = spec;
        this.data = data;
        this.log = new LogFile(data.log(spec.part().id()));
        this.changed = changed;
        this.say = say;
        this.thread = Thread.ofPlatform().name(spec.part().id()).unstarted(this::keepRunning);
    }

    Part part() {
        return spec.part();
    }

    /** Whether what the process needs is still being made ready, or fetched, for its first start. */
    boolean isPreparing() {
        return process == null && fault == null;
    }

    Optional<Long> pid() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
    }

    void start() {
        thread.start();
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping && fault == null) {
                Instant started = Instant.now();
                String end = tryOnce();
                if (stopping) {
                    return;
                }
                exits.incrementAndGet();
                changed.run();
                say.accept(spec.part().title() + " " + end + ".");
                boolean stable = Duration.between(started, Instant.now()).compareTo(STABLE) > 0;
                pause = stable ? FIRST_PAUSE : pause;
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the process until it ends, and says how. What hinders the first start ends the watch. */
    private String tryOnce() throws InterruptedException {
        try {
            return "ended with exit code " + runOnce() + "; starting it again";
        } catch (IOException | RuntimeException e) {
            fault = wasReady ? null : e;
            return "cannot be started: " + e.getMessage();
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        List<String> command = spec.command();
        logStart = log.size();
        Process running;
        synchronized (this) {
            if (stopping) {
                return 0;
            }
            running = launch(command);
            process = running;
        }
        changed.run();
        while (!running.waitFor(1, TimeUnit.SECONDS)) {
            log.cap();
        }
        return running.exitValue();
    }

    private Process launch(List<String> command) throws IOException {
        // The shell's pid stays the program's. It writes it down itself, so that no death of ours leaves an unknown
        // process.
        // A session of its own keeps it away from the terminal's Ctrl-C.
        List<String> line = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "echo $$ >\"$1\"; shift; exec \"$@\"",
                "sh",
                data.pidFile(part().id()).toString()));
        SearchPath.ofEnvironment().find("setsid").ifPresent(setsid -> line.add(setsid.toString()));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(data.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
        builder.environment().putAll(spec.environment());
        return builder.start();
    }

    /** Whether the process has done its work since this watch began; fails when it never will. */
    boolean wasReady() {
        if (wasReady) {
            return true;
        }
        if (fault != null) {
            throw new StackException(String.valueOf(fault.getMessage()), fault);
        }
        if (exits.get() >= TRIES_TO_GET_READY) {
            throw new StackException(
                    spec.part().title() + " ended " + exits + " times before it was ready." + lastWords());
        }
        wasReady = pid().isPresent() && spec.isReady();
        if (wasReady) {
            say.accept(spec.part().title() + " is ready.");
        }
        return wasReady;
    }

    /** What it wrote last. */
    String lastWords() {
        try {
            return " The end of its log " + log.path() + ":\n  "
                    + String.join("\n  ", log.lastLines(LINES_SHOWN, logStart));
        } catch (IOException e) {
            return " Its log " + log.path() + " cannot be read.";
        }
    }

    // What is being fetched would go on without us.
    private void awaitPreparation() {
        try {
            thread.join(LONGEST_FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the process and returns when it is gone. */
    void stop() throws IOException {
        synchronized (this) {
            stopping = true;
        }
        thread.interrupt();
        awaitPreparation();
        Process running = process;
        if (running != null) {
            Leftovers.stop(running.toHandle(), spec.part());
        }
        Files.deleteIfExists(data.pidFile(part().id()));
    }
}
