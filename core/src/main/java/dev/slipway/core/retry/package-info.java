/** When something that failed is tried again. */
@NullMarked
package dev.slipway.core.retry;

import org.jspecify.annotations.NullMarked;
