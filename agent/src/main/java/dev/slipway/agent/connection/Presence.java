package dev.slipway.agent.connection;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the control plane every few seconds that this node is there. An outage is logged once, and its end. */
public final class Presence {
    /** What this node can run at the moment. */
    public interface Runtimes {
        Set<String> now() throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final ControlPlane controlPlane;
    private final String node;
    private final String version;
    private final Runtimes runtimes;
    private boolean reached = true;

    private Presence(ControlPlane controlPlane, String node, String version, Runtimes runtimes) {
        this.controlPlane = controlPlane;
        this.node = node;
        this.version = version;
        this.runtimes = runtimes;
    }

    /** {@code runtimes} is asked each time: Docker may come and go. */
    public static BackgroundThread begin(ControlPlane controlPlane, String node, String version, Runtimes runtimes) {
        return BackgroundThread.start("presence", new Presence(controlPlane, node, version, runtimes)::repeat);
    }

    private void repeat() throws InterruptedException {
        while (true) {
            tell();
            Thread.sleep(reached ? PERIOD : LOOK_AGAIN);
        }
    }

    private void tell() throws InterruptedException {
        try {
            Body body = new Body(version, List.copyOf(runtimes.now()), hostname());
            int status = controlPlane.present(node, Payloads.json().writeValueAsString(body));
            told(status / 100 == 2, "status " + status);
        } catch (IOException | SlipwayException e) {
            told(false, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A host that cannot look its own name up is there all the same.
            return node;
        }
    }

    private void told(boolean success, String why) {
        if (success != reached) {
            if (success) {
                log.info("The API is reachable again.");
            } else {
                log.warn("The API cannot be reached ({}); retrying. Running services are not affected.", why);
            }
        }
        reached = success;
    }

    private record Body(String version, List<String> runtimes, String hostname) {}
}
