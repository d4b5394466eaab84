package dev.slipway.server.standalone;

import dev.slipway.agent.NodeAgent;
import dev.slipway.agent.connection.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of the stack's own node, in this process. What it runs goes on when this process ends. */
final class LocalAgent {
    static final String NODE = "local";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataDirectory data;
    private final Thread thread = Thread.ofPlatform().name("agent").unstarted(this::keepServing);
    private @Nullable NodeAgent agent;
    private boolean stopping;

    LocalAgent(DataDirectory data) {
        this.data = data;
    }

    void start() {
        agent = take();
        thread.start();
    }

    private NodeAgent take() {
        Path state = data.path().resolve("agents").resolve(NODE);
        return NodeAgent.take(NODE, state, new SettingsSource(data.path(), Map.of()))
                .orElseThrow(() -> new StackException(
                        "Another agent of node " + NODE + " is running with " + state + ". Stop it first."));
    }

    private void keepServing() {
        Logger log = LoggerFactory.getLogger(LocalAgent.class);
        try {
            for (NodeAgent serving = agent; serving != null; serving = next()) {
                try {
                    serving.serve();
                } catch (RuntimeException e) {
                    log.error("The agent of node {} failed; restarting it.", NODE, e);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable NodeAgent next() {
        agent = stopping ? null : take();
        return agent;
    }

    /** Returns once the agent's own steps have come to rest. */
    void stop() {
        NodeAgent serving;
        synchronized (this) {
            stopping = true;
            serving = agent;
        }
        if (serving != null && thread.isAlive()) {
            serving.close();
        }
    }
}
