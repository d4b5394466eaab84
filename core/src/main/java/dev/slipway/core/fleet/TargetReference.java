package dev.slipway.core.fleet;

import dev.slipway.core.artifact.Digest;
import java.time.Duration;

/**
 * A target as workflows and their steps carry it: of the same small size, whatever the target declares. Who carries out a
 * step reads the declaration from the plan of the deployment, and knows it by its digest. {@code timeout} bounds a deploy
 * step, {@code probe} one health probe, and {@code verification} a whole health check.
 */
public record TargetReference(
        String name, String node, Digest specification, Duration timeout, Duration probe, Duration verification) {
    /** How steps refer to {@code target}, whose stored declaration has the digest {@code specification}. */
    public static TargetReference of(Target target, Digest specification) {
        return new TargetReference(
                target.name(),
                target.node(),
                specification,
                target.timeout(),
                target.health().timeout(),
                target.health().longest());
    }
}
