/** What people write: names, lines, durations and ports, and the rules for them. */
@NullMarked
package dev.slipway.core.input;

import org.jspecify.annotations.NullMarked;
