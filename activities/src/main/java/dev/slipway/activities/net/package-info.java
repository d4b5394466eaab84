/** Where in the network this installation goes, and where it does not. */
@NullMarked
package dev.slipway.activities.net;

import org.jspecify.annotations.NullMarked;
