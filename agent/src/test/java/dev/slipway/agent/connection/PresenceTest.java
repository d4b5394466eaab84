package dev.slipway.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.rig.AgentProcess;
import dev.slipway.agent.rig.FakeControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void goesOnAfterAnUnexpectedFailure() {
        try (FakeControlPlane controlPlane = new FakeControlPlane()) {
            AtomicInteger asked = new AtomicInteger();
            Presence.Runtimes failing = () -> {
                if (asked.incrementAndGet() == 1) {
                    throw new IllegalStateException("unexpected");
                }
                return Set.of("process");
            };
            try (BackgroundThread _ = Presence.begin(controlPlane.client(), "node-1", "1.0", failing)) {
                await().atMost(LIMIT).until(() -> !controlPlane.presences.isEmpty());
            }

            assertThat(controlPlane.presences.getFirst()).contains("\"runtimes\":[\"process\"]");
        }
    }

    @Test
    void goesByTheNodesNameOnAHostThatDoesNotKnowItsOwn(@TempDir Path folder) throws Exception {
        Path noNames = Files.createFile(folder.resolve("hosts"));
        try (FakeControlPlane controlPlane = new FakeControlPlane()) {
            AgentProcess agent = AgentProcess.start(
                    folder,
                    "node-1",
                    Map.of(
                            "SLIPWAY_TEMPORAL_ADDRESS",
                            controlPlane.settings().temporalAddress(),
                            "SLIPWAY_URL",
                            controlPlane.url().toString(),
                            "SLIPWAY_AGENT_TOKEN",
                            FakeControlPlane.TOKEN,
                            "SLIPWAY_PAYLOAD_KEY",
                            FakeControlPlane.PAYLOAD_KEY,
                            "JAVA_TOOL_OPTIONS",
                            "-Djdk.net.hosts.file=" + noNames));
            try {
                await().atMost(LIMIT).until(() -> !controlPlane.presences.isEmpty());
            } finally {
                agent.kill();
            }

            assertThat(controlPlane.presences.getFirst()).contains("\"hostname\":\"node-1\"");
        }
    }
}
