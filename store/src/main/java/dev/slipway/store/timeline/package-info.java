/** The story of a deployment: its events, what they make of it, and the output of its tasks. */
@NullMarked
package dev.slipway.store.timeline;

import org.jspecify.annotations.NullMarked;
