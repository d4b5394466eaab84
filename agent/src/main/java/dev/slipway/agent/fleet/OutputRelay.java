package dev.slipway.agent.fleet;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.agent.timeline.TaskLog;
import dev.slipway.core.failure.SlipwayException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what a service prints into the log of a task, as long as a step is under way. */
final class OutputRelay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputRelay.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Supplier<List<OutputLine>> newOutput;
    private final TaskLog taskLog;
    private final BackgroundThread thread;

    OutputRelay(Supplier<List<OutputLine>> newOutput, TaskLog taskLog) {
        this.newOutput = newOutput;
        this.taskLog = taskLog;
        this.thread = BackgroundThread.start("output-relay", this::repeat);
    }

    private void repeat() throws InterruptedException {
        while (true) {
            Thread.sleep(PERIOD);
            copy();
        }
    }

    private synchronized void copy() {
        try {
            newOutput.get().forEach(taskLog::output);
        } catch (SlipwayException e) {
            // What a service prints is for curiosity: the step itself tells what matters.
            log.debug("Could not read output", e);
        }
    }

    @Override
    public void close() {
        thread.close();
        copy();
    }
}
