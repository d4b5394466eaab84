/** Watches in a cluster how far a commit has come: Flux, Helm, Argo CD, and the workloads behind them. */
@NullMarked
package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
