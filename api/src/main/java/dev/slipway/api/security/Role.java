package dev.slipway.api.security;

/** What the bearer of a token may do. */
enum Role {
    /** Everything. */
    OPERATOR,
    /** Read what its targets are to run, fetch archives, send output and say that its node is there. */
    AGENT,
    /** See one deployment, and stop it. */
    FOLLOWER
}
