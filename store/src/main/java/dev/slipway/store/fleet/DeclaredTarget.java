package dev.slipway.store.fleet;

import dev.slipway.core.fleet.Target;

/** A target and the environment that declares it. */
public record DeclaredTarget(String environment, Target target) {}
