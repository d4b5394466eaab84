package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one program running: takes up what a killed stack left, starts it again when it ends, until it is told to stop. */
final class Watch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STABLE = Duration.ofSeconds(30);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);
    private static final Duration FIRST_LOOK = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LINES_SHOWN = 15;
    private static final int TRIES_TO_GET_READY = 3;

    private final ManagedProcess spec;
    private final DataDirectory data;
    private final LogFile log;
    private final PidFile pidFile;
    private final Runnable changed;
    private final Consumer<String> say;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean wasReady;
    private final AtomicInteger ends = new AtomicInteger();
    private volatile long logStart;
    private volatile @Nullable ProcessHandle process;
    private volatile @Nullable Exception fault;

    Watch(ManagedProcess spec, DataDirectory data, Runnable changed, Consumer<String> say) {
        this.spec = spec;
        this.data = data;
        this.log = new LogFile(data.log(spec.part().id()));
        this.pidFile = data.pidFile(spec.part());
        this.changed = changed;
        this.say = say;
        this.thread = Thread.ofPlatform().name(spec.part().id()).unstarted(this::keepRunning);
    }

    Part part() {
        return spec.part();
    }

    /** Whether what the program needs is still being made ready, or fetched, for its first start. */
    boolean isPreparing() {
        return process == null && fault == null;
    }

    Optional<Long> pid() {
        return Optional.ofNullable(process).filter(ProcessHandle::isAlive).map(ProcessHandle::pid);
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
                ends.incrementAndGet();
                changed.run();
                say.accept(part().title() + " " + end + ".");
                boolean stable = Duration.between(started, Instant.now()).compareTo(STABLE) > 0;
                pause = stable ? FIRST_PAUSE : pause;
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the program until it ends, and says how. What hinders the first start ends the watch. */
    private String tryOnce() throws InterruptedException {
        try {
            logStart = log.size();
            ProcessHandle running = begin(spec.command());
            while (running != null && running.isAlive()) {
                if (!wasReady && spec.isReady()) {
                    wasReady = true;
                    say.accept(part().title() + " is ready.");
                }
                log.cap();
                Thread.sleep(wasReady ? LOOK : FIRST_LOOK);
            }
            return "exited; restarting it";
        } catch (IOException | RuntimeException e) {
            fault = wasReady ? null : e;
            return "cannot be started: " + e.getMessage();
        }
    }

    /** The program that a killed stack left, or a new one; null when it is not wanted any more. */
    private @Nullable ProcessHandle begin(List<String> command) throws IOException {
        Optional<ProcessHandle> left = pidFile.process();
        if (left.isPresent() && !pidFile.isOf(command)) {
            say.accept("Stopping " + part().title() + " (process " + left.get().pid()
                    + "), which was started with other settings.");
            pidFile.stop(part());
            left = Optional.empty();
        }
        if (left.isEmpty()) {
            spec.prepare();
        }
        synchronized (this) {
            if (stopping) {
                return null;
            }
            process = left.isPresent() ? left.get() : launch(command).toHandle();
        }
        changed.run();
        return process;
    }

    private Process launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(pidFile.writtenBy(command))
                .directory(data.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
        builder.environment().putAll(spec.environment());
        return builder.start();
    }

    /** Whether the program has done its work since this watch began. */
    boolean wasReady() {
        return wasReady;
    }

    /** Fails when the program cannot be started, or ends again and again before it has done its work. */
    void requireStartable() {
        if (fault != null) {
            throw new StackException(String.valueOf(fault.getMessage()), fault);
        }
        if (!wasReady && ends.get() >= TRIES_TO_GET_READY) {
            throw new StackException(part().title() + " ended " + ends + " times before it was ready." + lastWords());
        }
    }

    /** What it wrote last. */
    String lastWords() {
        return log.lastWords(LINES_SHOWN, logStart);
    }

    /** Stops the program and returns when it is gone. */
    void stop() throws IOException {
        synchronized (this) {
            stopping = true;
        }
        thread.interrupt();
        try {
            // What is being fetched would go on without us.
            thread.join(LONGEST_FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle running = process;
        if (running != null) {
            PidFile.stop(running, part().stopSignal(), part().grace());
        }
        pidFile.delete();
    }
}
