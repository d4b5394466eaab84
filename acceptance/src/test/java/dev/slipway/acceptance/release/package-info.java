/** The deployment of releases, as its users meet it. */
@NullMarked
package dev.slipway.acceptance.release;

import org.jspecify.annotations.NullMarked;
