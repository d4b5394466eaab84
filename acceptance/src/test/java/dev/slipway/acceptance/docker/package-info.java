/** Images and containers of a real Docker, and the registry that they come from. */
@NullMarked
package dev.slipway.acceptance.docker;

import org.jspecify.annotations.NullMarked;
