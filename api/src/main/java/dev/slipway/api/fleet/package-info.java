/** Environments, targets and nodes. */
@NullMarked
package dev.slipway.api.fleet;

import org.jspecify.annotations.NullMarked;
