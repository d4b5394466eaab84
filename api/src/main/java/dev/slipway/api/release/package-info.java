/** Releases, and the deployments that bring them to an environment. */
@NullMarked
package dev.slipway.api.release;

import org.jspecify.annotations.NullMarked;
