/** The command line: the commands by name, and the program that runs them. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
