package dev.slipway.api.webhook;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.gitops.MonitoredCharts;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a genuine delivery reports.
 *
 * @param at when it was sent, where that is signed; null where the sender does not say
 * @param concerns which deployments there may be something to see for
 */
record News(@Nullable Instant at, Function<MonitoredCharts, List<DeploymentId>> concerns) {}
