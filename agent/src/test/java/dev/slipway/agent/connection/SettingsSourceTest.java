package dev.slipway.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path data;

    @Test
    void readsTheStackOfTheDataDirectory() throws IOException {
        writeStack();

        AgentSettings settings = new SettingsSource(data, Map.of()).read();

        assertThat(settings.temporalAddress()).isEqualTo("127.0.0.1:7233");
        assertThat(settings.temporalNamespace()).isEqualTo("default");
        assertThat(settings.url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(settings.token()).isEqualTo("token-of-agents");
    }

    @Test
    void prefersTheEnvironment() throws IOException {
        writeStack();

        AgentSettings settings = new SettingsSource(
                        data,
                        Map.of(
                                "SLIPWAY_URL", "https://slipway.example/",
                                "SLIPWAY_AGENT_TOKEN", "other",
                                "SLIPWAY_TEMPORAL_ADDRESS", "temporal.example:7233",
                                "SLIPWAY_PAYLOAD_KEY", KEY))
                .read();

        assertThat(settings.temporalAddress()).isEqualTo("temporal.example:7233");
        assertThat(settings.url()).isEqualTo(URI.create("https://slipway.example"));
        assertThat(settings.token()).isEqualTo("other");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> new SettingsSource(data, Map.of()).read())
                .hasMessageContaining("SLIPWAY_TEMPORAL_ADDRESS")
                .hasMessageContaining("slipway up");
    }

    @Test
    void refusesAnAddressWithoutPort() {
        assertThatThrownBy(() -> new SettingsSource(data, Map.of("SLIPWAY_TEMPORAL_ADDRESS", "temporal")).read())
                .hasMessageContaining("expected HOST:PORT");
    }

    @Test
    void refusesAUrlThatIsNone() throws IOException {
        writeStack();

        assertThatThrownBy(() -> new SettingsSource(data, Map.of("SLIPWAY_URL", "http://ho st")).read())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("invalid URL");
    }

    @Test
    void neverShowsTheToken() throws IOException {
        writeStack();

        assertThat(new SettingsSource(data, Map.of()).read().toString()).doesNotContain("token-of-agents");
    }

    private void writeStack() throws IOException {
        Files.writeString(data.resolve("agent-token"), "token-of-agents\n");
        Files.writeString(data.resolve("payload-key"), KEY + "\n");
        Files.writeString(data.resolve("stack.json"), """
                {"state": "ready", "url": "http://127.0.0.1:8080", "tokenFile": "%1$s/token",
                 "agentTokenFile": "%1$s/agent-token", "payloadKeyFile": "%1$s/payload-key",
                 "temporalAddress": "127.0.0.1:7233", "temporalNamespace": "default",
                 "processes": {"supervisor": 1}}
                """.formatted(data));
    }
}
