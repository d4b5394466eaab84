package dev.slipway.api.security;

/** What the bearer of a token may do. */
enum Role {
    /** Everything. */
    OPERATOR,
    /** Fetch archives, send output and say that its node is there. */
    AGENT,
    /** See one deployment, and stop it. */
    FOLLOWER
}
