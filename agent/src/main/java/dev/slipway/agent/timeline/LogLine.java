package dev.slipway.agent.timeline;

import java.time.Instant;

/** One line of a task's log. {@code stream} is {@code slipway}, {@code stdout} or {@code stderr}. */
public record LogLine(long sequence, Instant at, String stream, String text) {}
