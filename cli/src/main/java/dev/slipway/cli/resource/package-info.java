/** Objects as documents: apply what a manifest says, get what there is. */
@NullMarked
package dev.slipway.cli.resource;

import org.jspecify.annotations.NullMarked;
