package dev.slipway.store.release;

import dev.slipway.core.release.Release;
import java.time.Instant;

/** A release and when it was made. */
public record StoredRelease(Release release, Instant createdAt) {}
