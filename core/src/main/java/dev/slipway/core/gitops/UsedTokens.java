package dev.slipway.core.gitops;

import java.time.Instant;

/** Remembers which tokens and signatures have proved something, as long as they would prove it again. */
public interface UsedTokens {
    /** Marks it as used. True for one caller only, also when several ask at the same moment. */
    boolean firstUse(String id, Instant expiry);
}
