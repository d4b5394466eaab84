/** Where releases run: environments, targets and the nodes that carry them. */
@NullMarked
package dev.slipway.core.fleet;

import org.jspecify.annotations.NullMarked;
