/** A real Kubernetes with simulated nodes, a double of Flux, and what is to be seen of deployments there. */
@NullMarked
package dev.slipway.acceptance.kubernetes;

import org.jspecify.annotations.NullMarked;
