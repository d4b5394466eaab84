package dev.slipway.core.fleet;

import dev.slipway.core.artifact.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What a target runs: a digest together with the configuration that it runs with. {@code id} names that pair in the
 * agent's own records; it is null where the agent finds a digest that it has not installed itself.
 */
public record Revision(
        Digest digest, String version, @Nullable String id) {}
