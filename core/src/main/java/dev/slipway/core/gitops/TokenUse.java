package dev.slipway.core.gitops;

import java.time.Instant;

/**
 * A token that proves something once.
 *
 * @param id tells tokens of all issuers apart, and nothing of the token itself
 * @param expiry when it proves nothing any more, so that it need not be remembered longer
 */
public record TokenUse(String id, Instant expiry) {}
