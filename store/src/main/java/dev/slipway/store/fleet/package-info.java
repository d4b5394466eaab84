/** Environments with their targets, and nodes. */
@NullMarked
package dev.slipway.store.fleet;

import org.jspecify.annotations.NullMarked;
