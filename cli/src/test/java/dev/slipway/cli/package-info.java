/** Command lines, run in this process against a double of the API. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
