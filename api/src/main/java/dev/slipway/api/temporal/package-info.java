/** The way to Temporal, bounded in time, so that a request never hangs where it is away. */
@NullMarked
package dev.slipway.api.temporal;

import org.jspecify.annotations.NullMarked;
