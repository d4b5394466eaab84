package dev.slipway.agent;

import dev.slipway.agent.artifact.ArchiveStore;
import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.connection.Presence;
import dev.slipway.agent.connection.SettingsSource;
import dev.slipway.agent.connection.TemporalConnection;
import dev.slipway.agent.docker.DockerDriver;
import dev.slipway.agent.fleet.AgentTargetActivities;
import dev.slipway.agent.process.ProcessDriver;
import dev.slipway.agent.state.AgentState;
import dev.slipway.agent.timeline.LogShipping;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The agent of one node, in a process of its own or in another's. Services that it runs outlive it. */
public final class NodeAgent implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(12);

    private final String node;
    private final AgentState own;
    private final SettingsSource settings;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private NodeAgent(String node, AgentState own, SettingsSource settings) {
        this.node = node;
        this.own = own;
        this.settings = settings;
    }

    /** The agent that keeps its records in {@code state}; empty where another agent has them. */
    public static Optional<NodeAgent> take(String node, Path state, SettingsSource settings) {
        return AgentState.take(state.toAbsolutePath().normalize()).map(own -> new NodeAgent(node, own, settings));
    }

    /** Serves until {@link #close}. */
    public void serve() throws InterruptedException {
        try (own) {
            ControlPlane controlPlane = new ControlPlane(settings::read);
            DockerDriver docker = new DockerDriver();
            ProcessDriver processes = new ProcessDriver(own.targets(), new ArchiveStore(own.archives(), controlPlane));
            processes.adopt();
            try (LogShipping shipping = LogShipping.begin(controlPlane)) {
                AgentTargetActivities activities = new AgentTargetActivities(
                        own.targets(),
                        List.of(processes, docker),
                        controlPlane,
                        shipping,
                        () -> Mask.of(List.of(controlPlane.token())));
                try (BackgroundThread _ =
                        Presence.begin(controlPlane, node, AgentMain.version(), () -> runtimes(docker))) {
                    while (asked.getCount() > 0) {
                        serve(activities);
                    }
                }
            }
        } catch (InterruptedException e) {
            if (asked.getCount() > 0) {
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended.countDown();
        }
    }

    /** Serves one Temporal until the agent is asked to end, or the stack has another one. */
    private void serve(AgentTargetActivities activities) throws InterruptedException {
        Thread waiting = Thread.currentThread();
        Thread interrupter = Thread.ofVirtual().start(() -> awaitThenInterrupt(waiting));
        try (TemporalConnection connection = TemporalConnection.open(settings::read, node, activities)) {
            interrupter.interrupt();
            awaitEnd(connection);
            connection.suspend();
            activities.stop(DRAIN);
        }
    }

    private void awaitEnd(TemporalConnection connection) {
        try {
            boolean ends = false;
            while (!ends && connection.isStillMeant(settings::read)) {
                ends = asked.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The order to end came just as the connection stood; the interrupt must not cut the farewell short.
            return;
        }
    }

    private void awaitThenInterrupt(Thread waiting) {
        try {
            asked.await();
            waiting.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end, and returns once its own steps have come to rest. */
    @Override
    public void close() {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> runtimes(DockerDriver docker) throws InterruptedException {
        Set<String> runtimes = new TreeSet<>(Set.of("process"));
        if (docker.isAvailable()) {
            runtimes.add("docker");
        }
        return runtimes;
    }
}
