/** The story of deployments, written to the store. */
@NullMarked
package dev.slipway.worker.timeline;

import org.jspecify.annotations.NullMarked;
