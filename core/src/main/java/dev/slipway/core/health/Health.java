package dev.slipway.core.health;

/** The answer to a verification: {@code attempts} probes were made, and {@code detail} is what the last one saw. */
public record Health(boolean healthy, int attempts, String detail) {}
