package dev.slipway.core.gitops;

import java.time.Instant;

/** Remembers which tokens have proved something, until they have expired. */
public interface UsedTokens {
    /** Marks the token as used. True for one caller only, also when several ask at the same moment. */
    boolean firstUse(String id, Instant expiry);
}
