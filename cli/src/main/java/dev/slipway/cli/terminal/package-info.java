/** Where output goes: a person's screen, a pipe or a CI log, and text that is safe for each. */
@NullMarked
package dev.slipway.cli.terminal;

import org.jspecify.annotations.NullMarked;
