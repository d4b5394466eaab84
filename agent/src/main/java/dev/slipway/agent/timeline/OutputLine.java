package dev.slipway.agent.timeline;

/** A line that a service printed to {@code stdout} or {@code stderr}. */
public record OutputLine(String stream, String text) {}
