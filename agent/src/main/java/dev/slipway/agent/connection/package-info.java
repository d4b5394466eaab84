/** The way to the control plane: the one place that knows Temporal's and the API's addresses. */
@NullMarked
package dev.slipway.agent.connection;

import org.jspecify.annotations.NullMarked;
