package dev.slipway.server.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One process of the stack: how it is started, known to be ready, and stopped. */
interface ManagedProcess {
    Part part();

    /** Makes everything ready that the process needs, and tells how it is started. Called before each start. */
    List<String> command() throws IOException;

    /** What is added to the environment of the supervisor. */
    Map<String, String> environment();

    /** Whether it does its work. Called often; must not wait long. */
    boolean isReady();
}
