package dev.slipway.agent.timeline;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.retry.Backoff;
import dev.slipway.core.text.Storable;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends log lines to the control plane, in order and in batches. Best effort: it never delays whoever writes, and gives
 * up what the control plane does not take.
 */
public final class LogShipping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogShipping.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_IN_BATCH = 500;
    private static final int MOST_OF_TASK = 5_000;
    private static final int TASKS_REMEMBERED = 4_096;
    private static final Duration GATHERING = Duration.ofMillis(100);
    private static final int TRIES = 3;
    private static final Backoff BACKOFF = Backoff.ofMillis(250, 2_000);
    // A server that is upgraded or killed is back sooner; the queue holds what is written meanwhile.
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final ControlPlane controlPlane;
    private final String source = UUID.randomUUID().toString();
    private final Queue<Parcel> batch = new ArrayDeque<>();
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<Task, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Task, Integer> eldest) {
            return size() > TASKS_REMEMBERED;
        }
    };
    private final BackgroundThread thread;
    private long sequence;
    private volatile boolean closed;

    private LogShipping(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.thread = BackgroundThread.start("log-shipping", this::ship);
    }

    public static LogShipping begin(ControlPlane controlPlane) {
        return new LogShipping(controlPlane);
    }

    synchronized void add(String deployment, String target, String stream, String text) {
        Task task = new Task(deployment, target);
        int count = counts.merge(task, 1, Integer::sum);
        if (count < MOST_OF_TASK) {
            offer(task, stream, text);
        } else if (count == MOST_OF_TASK) {
            offer(task, "slipway", "Further lines are dropped: the limit is " + MOST_OF_TASK + " lines per task.");
        }
    }

    private void offer(Task task, String stream, String text) {
        // A full queue means a long outage: the newest lines are given up, and the deployment goes on.
        if (waiting.offer(new Entry(task, new LogLine(sequence + 1, Instant.now(), stream, Storable.text(text))))) {
            sequence++;
        }
    }

    private void ship() throws InterruptedException {
        while (!closed || !waiting.isEmpty() || !batch.isEmpty()) {
            if (batch.isEmpty()) {
                gather();
            } else {
                // One that made this thread fail is sent again: what came of it is unknown, and the API takes a line
                // once.
                send(batch.element());
                batch.remove();
            }
        }
    }

    private void gather() throws InterruptedException {
        Entry first = waiting.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            List<Entry> entries = new ArrayList<>(List.of(first));
            waiting.drainTo(entries, MOST_IN_BATCH - 1);
            Map<Task, List<LogLine>> byTask = new LinkedHashMap<>();
            entries.forEach(entry ->
                    byTask.computeIfAbsent(entry.task(), _ -> new ArrayList<>()).add(entry.line()));
            byTask.forEach((task, lines) -> batch.add(new Parcel(task, lines)));
        }
    }

    private void send(Parcel parcel) throws InterruptedException {
        if (parcel.tries.incrementAndGet() > TRIES) {
            log.warn("Dropped {}: sending failed {} times.", parcel, TRIES);
            return;
        }
        String json = Payloads.json().writeValueAsString(new Body(source, parcel.lines));
        long begun = System.nanoTime();
        for (int failures = 1; System.nanoTime() - begun < PATIENCE.toNanos(); failures++) {
            try {
                int status = controlPlane.addLogs(parcel.task.deployment(), parcel.task.target(), json);
                if (status < 500 && status != 401 && status != 429) {
                    if (status >= 400) {
                        log.warn("{} were rejected with status {}.", parcel, status);
                    }
                    return;
                }
            } catch (IOException | SlipwayException e) {
                log.debug("Could not send {}", parcel, e);
            }
            Thread.sleep(BACKOFF.after(failures));
        }
        log.warn("Dropped {}: the API did not accept them within {} s.", parcel, PATIENCE.toSeconds());
    }

    /** Sends what waits, for a few seconds at the most. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Entry(Task task, LogLine line) {}

    private record Task(String deployment, String target) {
        @Override
        public String toString() {
            return target + " of deployment " + deployment;
        }
    }

    /** Lines of one task, which travel together. */
    private record Parcel(Task task, List<LogLine> lines, AtomicInteger tries) {
        Parcel(Task task, List<LogLine> lines) {
            this(task, lines, new AtomicInteger());
        }

        @Override
        public String toString() {
            return lines.size() + " log lines of " + task;
        }
    }

    private record Body(String source, List<LogLine> lines) {}
}
