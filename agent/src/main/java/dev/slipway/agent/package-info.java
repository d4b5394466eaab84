/** The node agent: a plain Temporal worker that runs releases on its machine. */
@NullMarked
package dev.slipway.agent;

import org.jspecify.annotations.NullMarked;
