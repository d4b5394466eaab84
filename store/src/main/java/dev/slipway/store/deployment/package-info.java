/** Deployments of every feature. */
@NullMarked
package dev.slipway.store.deployment;

import org.jspecify.annotations.NullMarked;
