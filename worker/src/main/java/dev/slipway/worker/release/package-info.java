/** The control plane's side of release deployments. */
@NullMarked
package dev.slipway.worker.release;

import org.jspecify.annotations.NullMarked;
