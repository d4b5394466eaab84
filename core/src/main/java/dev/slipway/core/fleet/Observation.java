package dev.slipway.core.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What an agent sees at a target. {@code revision} is what is installed, null where nothing is; {@code running} whether
 * it runs; {@code current} whether it is just what was asked for, running and healthy; {@code detail} says it in words.
 */
public record Observation(@Nullable Revision revision, boolean running, boolean current, String detail) {}
