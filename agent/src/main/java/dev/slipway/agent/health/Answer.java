package dev.slipway.agent.health;

/** What one probe saw. */
record Answer(boolean healthy, String detail) {}
