package dev.slipway.core.health;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.manifest.Field;
import java.time.Duration;

/** A probe with {@code timeout} for one answer, asked up to {@code retries} times, {@code interval} apart, until healthy. */
public record HealthCheck(
        @Field(
                name = "type",
                value = "http: GET of url answers expectedStatus, with expectedBody in it. tcp: host:port accepts a"
                        + " connection. command: the command exits 0. running: the process or container runs.")
        Probe probe,

        @Field(value = "How long one probe may take.", defaultValue = "2s", min = "1ms", max = "5m")
        Duration timeout,

        @Field(
                value = "How often the probe is made until the target counts as unhealthy.",
                defaultValue = "20",
                min = "1",
                max = "1000")
        int retries,

        @Field(value = "The pause between two probes.", defaultValue = "500ms", min = "1ms", max = "5m")
        Duration interval) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    public static final int DEFAULT_RETRIES = 20;
    public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_RETRIES = 1_000;

    /** It runs, and still does a moment later. */
    public static final HealthCheck RUNNING =
            new HealthCheck(new Probe.Running(), DEFAULT_TIMEOUT, 3, DEFAULT_INTERVAL);

    public HealthCheck {
        require("timeout", timeout);
        require("interval", interval);
        if (retries < 1 || retries > MOST_RETRIES) {
            throw new InvalidInputException("retries", retries + " must be from 1 to " + MOST_RETRIES);
        }
    }

    /** The longest that a verification can take. */
    public Duration longest() {
        return timeout.plus(interval).multipliedBy(retries);
    }

    private static void require(String field, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(field, "must be from 1ms to 5m");
        }
    }
}
