package dev.slipway.agent.timeline;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.text.Storable;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    // A server that is upgraded or killed is back sooner; the queue holds what is written meanwhile.
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final ControlPlane controlPlane;
    private final String source = UUID.randomUUID().toString();
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<Task, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Task, Integer> eldest) {
            return size() > TASKS_REMEMBERED;
        }
    };
    private final Thread thread;
    private long sequence;
    private volatile boolean closed;

    private LogShipping(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.thread = Thread.ofVirtual().name("log-shipping").unstarted(this::ship);
    }

    public static LogShipping begin(ControlPlane controlPlane) {
        LogShipping shipping = new LogShipping(controlPlane);
        shipping.thread.start();
        return shipping;
    }

    synchronized void add(String deployment, String target, String stream, String text) {
        Task task = new Task(deployment, target);
        int count = counts.merge(task, 1, Integer::sum);
        if (count < MOST_OF_TASK) {
            offer(task, stream, text);
        } else if (count == MOST_OF_TASK) {
            offer(task, "slipway", "Further lines are not kept: a task has " + MOST_OF_TASK + " at the most.");
        }
    }

    private void offer(Task task, String stream, String text) {
        // A full queue means a long outage: the newest lines are given up, and the deployment goes on.
        if (waiting.offer(new Entry(task, new LogLine(sequence + 1, Instant.now(), stream, Storable.text(text))))) {
            sequence++;
        }
    }

    private void ship() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Entry first = waiting.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> batch = new ArrayList<>(List.of(first));
                    waiting.drainTo(batch, MOST_IN_BATCH - 1);
                    send(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<Entry> batch) throws InterruptedException {
        Map<Task, List<LogLine>> byTask = new LinkedHashMap<>();
        batch.forEach(entry ->
                byTask.computeIfAbsent(entry.task(), _ -> new ArrayList<>()).add(entry.line()));
        for (Map.Entry<Task, List<LogLine>> lines : byTask.entrySet()) {
            send(lines.getKey(), lines.getValue());
        }
    }

    private void send(Task task, List<LogLine> lines) throws InterruptedException {
        String json = Payloads.json().writeValueAsString(new Body(source, lines));
        Duration pause = FIRST_PAUSE;
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            try {
                int status = controlPlane.addLogs(task.deployment(), task.target(), json);
                if (status < 500 && status != 401 && status != 429) {
                    if (status >= 400) {
                        log.warn("{} log lines of {} were refused with status {}.", lines.size(), task, status);
                    }
                    return;
                }
            } catch (IOException | SlipwayException e) {
                log.debug("Log lines of {} were not taken", task, e);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        log.warn("{} log lines of {} were given up: the API did not take them.", lines.size(), task);
    }

    /** Sends what waits, for a few seconds at the most. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(FAREWELL)) {
                thread.interrupt();
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

    private record Body(String source, List<LogLine> lines) {}
}
