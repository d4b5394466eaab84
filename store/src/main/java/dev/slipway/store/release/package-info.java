/** Releases, and the deployments that bring them to an environment. */
@NullMarked
package dev.slipway.store.release;

import org.jspecify.annotations.NullMarked;
