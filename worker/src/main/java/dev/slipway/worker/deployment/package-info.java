/** What the worker does for deployments of every feature. */
@NullMarked
package dev.slipway.worker.deployment;

import org.jspecify.annotations.NullMarked;
