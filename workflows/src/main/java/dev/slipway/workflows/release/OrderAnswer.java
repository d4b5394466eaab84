package dev.slipway.workflows.release;

/** Whether a deployment obeys what it was told, and why not. */
public record OrderAnswer(boolean obeyed, String reason) {}
