/** What explains the command line itself: settings and shell completion. */
@NullMarked
package dev.slipway.cli.manual;

import org.jspecify.annotations.NullMarked;
