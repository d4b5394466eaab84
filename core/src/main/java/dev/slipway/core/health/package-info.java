/** How a target is known to be healthy. */
@NullMarked
package dev.slipway.core.health;

import org.jspecify.annotations.NullMarked;
