package dev.slipway.store.timeline;

import java.time.Instant;

/** One line of output as readers see it: {@code sequence} counts the lines of the deployment. */
public record StoredLine(String target, long sequence, Instant at, String stream, String text) {}
