package dev.slipway.core.timeline;

import java.time.Instant;

/**
 * One step of a deployment's story. {@code id} is made of run id and sequence, so that writing it twice changes
 * nothing; {@code reason} is a sentence for a person.
 */
public record TimelineEvent(String id, Instant at, Change change, String reason) {}
