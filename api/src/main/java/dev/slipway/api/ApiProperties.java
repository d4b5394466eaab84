package dev.slipway.api;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the API.
 *
 * @param tokenFile the file with the token of operators, who may do everything
 * @param agentTokenFile the file with the token of agents; without it, no agent may come
 */
@ConfigurationProperties("slipway")
public record ApiProperties(
        @Nullable Path tokenFile,
        @Nullable Path agentTokenFile,
        @DefaultValue Temporal temporal,
        @DefaultValue Artifacts artifacts,
        @DefaultValue Events events,
        @DefaultValue Deploy deploy) {
    /**
     * What the API knows of Temporal, beside the client that it is given.
     *
     * @param uiUrl where Temporal's web UI is: links lead there, and it alone may call the codec endpoint from a browser
     */
    public record Temporal(@Nullable URI uiUrl) {}

    /**
     * Bounds of what is uploaded.
     *
     * @param largest the most bytes of an archive
     * @param largestUnpacked the most bytes of what is in it
     */
    public record Artifacts(
            @DefaultValue("1GB") DataSize largest,
            @DefaultValue("4GB") DataSize largestUnpacked) {
        public Artifacts {
            if (largest.toBytes() < 1 || largestUnpacked.compareTo(largest) < 0) {
                throw new IllegalArgumentException("slipway.artifacts: largest must be at least 1 byte, and"
                        + " largest-unpacked at least largest; they are " + largest + " and " + largestUnpacked);
            }
        }
    }

    /**
     * What CI jobs may ask for.
     *
     * @param requestsPerMinute the most charts that one address may hand in within a minute
     */
    public record Deploy(@DefaultValue("600") int requestsPerMinute) {
        public Deploy {
            if (requestsPerMinute < 1) {
                throw new IllegalArgumentException(
                        "slipway.deploy: requests-per-minute must be positive; it is " + requestsPerMinute);
            }
        }
    }

    /**
     * How deployments are followed.
     *
     * @param subscribers the most connections that follow deployments at the same moment
     * @param heartbeat how often a silent connection is kept alive
     */
    public record Events(
            @DefaultValue("2000") int subscribers,
            @DefaultValue("15s") Duration heartbeat) {
        public Events {
            if (subscribers < 1 || heartbeat.toMillis() < 1) {
                throw new IllegalArgumentException("slipway.events: subscribers and heartbeat must be positive; they"
                        + " are " + subscribers + " and " + heartbeat);
            }
        }
    }
}
