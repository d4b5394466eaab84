package dev.slipway.core.failure;

/** A failure of the catalogue with what a person needs to know: what, on which object, what was seen, what to do. */
public record Failure(FailureType type, String message) {}
