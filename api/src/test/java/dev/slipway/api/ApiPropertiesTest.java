package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ApiPropertiesTest {
    @Test
    void hasDefaults() {
        ApiProperties properties = bind(Map.of());

        assertThat(properties)
                .isEqualTo(new ApiProperties(
                        null,
                        null,
                        new ApiProperties.Temporal(null),
                        new ApiProperties.Artifacts(DataSize.ofGigabytes(1), DataSize.ofGigabytes(4)),
                        new ApiProperties.Events(2_000, Duration.ofSeconds(15)),
                        new ApiProperties.Deploy(600)));
    }

    @Test
    void readsEveryKey() {
        ApiProperties properties = bind(Map.of(
                "slipway.token-file", "/t",
                "slipway.agent-token-file", "/a",
                "slipway.temporal.ui-url", "http://ui.example",
                "slipway.artifacts.largest", "1MB",
                "slipway.artifacts.largest-unpacked", "2MB",
                "slipway.events.subscribers", "3",
                "slipway.events.heartbeat", "4s",
                "slipway.deploy.requests-per-minute", "5"));

        assertThat(properties)
                .isEqualTo(new ApiProperties(
                        Path.of("/t"),
                        Path.of("/a"),
                        new ApiProperties.Temporal(URI.create("http://ui.example")),
                        new ApiProperties.Artifacts(DataSize.ofMegabytes(1), DataSize.ofMegabytes(2)),
                        new ApiProperties.Events(3, Duration.ofSeconds(4)),
                        new ApiProperties.Deploy(5)));
    }

    @Test
    void refusesBoundsThatLeaveNoRoom() {
        assertThatThrownBy(() -> bind(Map.of("slipway.artifacts.largest", "8GB")))
                .hasRootCauseMessage("slipway.artifacts: largest must be at least 1 byte, and largest-unpacked at"
                        + " least largest; they are 8589934592B and 4294967296B");
        assertThatThrownBy(() -> bind(Map.of("slipway.events.subscribers", "0")))
                .rootCause()
                .hasMessageContaining("slipway.events: subscribers and heartbeat must be positive");
        assertThatThrownBy(() -> bind(Map.of("slipway.deploy.requests-per-minute", "0")))
                .rootCause()
                .hasMessageContaining("slipway.deploy: requests-per-minute must be positive");
    }

    private static ApiProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("slipway", ApiProperties.class);
    }
}
