/** What is true after every fault, whatever feature met it. */
@NullMarked
package dev.slipway.acceptance.invariant;

import org.jspecify.annotations.NullMarked;
