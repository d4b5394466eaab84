/** The standalone stack of this machine: is it running, and stop it. */
@NullMarked
package dev.slipway.cli.stack;

import org.jspecify.annotations.NullMarked;
