package dev.slipway.agent.health;

import dev.slipway.core.secret.Mask;
import java.time.Duration;
import java.util.List;

/** What a health check is about: a process or a container. */
public interface Subject {
    /** How it lives at this moment. */
    Life life();

    /** Runs {@code command} beside it: in its folder, or in its container. No shell is involved. */
    Exit run(List<String> command, Duration timeout) throws InterruptedException;

    /** The last lines that it printed, newest last and masked; empty where it printed nothing. */
    List<String> lastOutput();

    /** What must not be seen of what it answers and prints. */
    Mask mask();

    /**
     * {@code up} is how long it has been running without a break; {@code exits} how often it ended by itself since it
     * was deployed; {@code lastExit} says how, as in {@code exited with code 1}.
     */
    record Life(boolean running, Duration up, int exits, String lastExit) {}

    /** How a command ended, and the last that it said, masked. */
    record Exit(boolean success, String detail) {}
}
