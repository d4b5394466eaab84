package dev.slipway.store.release;

/** A deployment as it stands, and the answer to the request that it was accepted by, now or earlier. */
public record Accepted(Deployment deployment, String response) {}
