/** Measures Slipway beside what the bare tools need for the same work. */
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
