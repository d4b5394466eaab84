/** The one catalogue of what can go wrong. */
@NullMarked
package dev.slipway.core.failure;

import org.jspecify.annotations.NullMarked;
