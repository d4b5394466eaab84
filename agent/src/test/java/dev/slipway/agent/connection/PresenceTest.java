package dev.slipway.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentProcess;
import dev.slipway.agent.rig.FakeControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
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
                await().atMost(Duration.ofSeconds(40)).until(() -> !controlPlane.presences.isEmpty());
            } finally {
                agent.kill();
            }

            assertThat(controlPlane.presences.getFirst()).contains("\"hostname\":\"node-1\"");
        }
    }
}
