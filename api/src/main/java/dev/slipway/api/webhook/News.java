package dev.slipway.api.webhook;

import dev.slipway.core.gitops.GitOpsPlan;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a genuine delivery tells.
 *
 * @param at when it was sent, where that is signed; null where the sender does not say
 * @param concerns which deployments there may be something to see for
 */
record News(@Nullable Instant at, Predicate<GitOpsPlan> concerns) {}
