/** Faults, and what must come of them. */
@NullMarked
package dev.slipway.acceptance.fault;

import org.jspecify.annotations.NullMarked;
