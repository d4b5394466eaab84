/** Slipway as its users meet it: its programs, against real peers. */
@NullMarked
package dev.slipway.acceptance;

import org.jspecify.annotations.NullMarked;
