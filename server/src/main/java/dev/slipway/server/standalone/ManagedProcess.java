package dev.slipway.server.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One program of the stack: how it is started, known to be ready, and stopped. */
interface ManagedProcess {
    Part part();

    /** How it is started; fetches the program where it is missing. */
    List<String> command() throws IOException;

    /** Makes its data ready. Called before each start. */
    default void prepare() throws IOException {}

    /** What is added to the environment of this process. */
    Map<String, String> environment();

    /** Whether it does its work. Called often; must not wait long. */
    boolean isReady();
}
