/** Releases, and the state machines and plans of their deployments. */
@NullMarked
package dev.slipway.core.release;

import org.jspecify.annotations.NullMarked;
