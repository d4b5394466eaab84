package dev.slipway.store.timeline;

import java.time.Instant;

/** One line of output. {@code sequence} is counted by whoever wrote it. */
public record LogLine(long sequence, Instant at, String stream, String text) {}
