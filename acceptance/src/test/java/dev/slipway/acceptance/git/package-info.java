/** Pushes to real Git servers: over https and over ssh, with hooks, and with whatever goes wrong between here and there. */
@NullMarked
package dev.slipway.acceptance.git;

import org.jspecify.annotations.NullMarked;
