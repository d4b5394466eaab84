/** Today's code against yesterday's histories. */
@NullMarked
package dev.slipway.workflows.replay;

import org.jspecify.annotations.NullMarked;
