package dev.slipway.server.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One process of the stack: how it is started, known to be ready, and stopped. */
interface ManagedProcess {
    /** The name in {@code stack.json}, of the log and of the pid file. */
    String name();

    /** The name for people. */
    String title();

    /** Makes everything ready that the process needs, and tells how it is started. Called before each start. */
    List<String> command() throws IOException;

    /** What is added to the environment of the supervisor. */
    Map<String, String> environment();

    /** Whether it does its work. Called often; must not wait long. */
    boolean isReady();

    /** The signal that asks it to stop. */
    default String stopSignal() {
        return "TERM";
    }

    /** How long it may take to stop before it is killed. */
    default Duration grace() {
        return Duration.ofSeconds(12);
    }
}
