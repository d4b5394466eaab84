package dev.slipway.store.secret;

import java.time.Instant;

/** What may be told of a secret. */
public record StoredSecret(String name, Instant createdAt, Instant changedAt) {}
