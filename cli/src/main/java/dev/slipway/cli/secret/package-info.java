/** Commands that store secrets, and never show one. */
@NullMarked
package dev.slipway.cli.secret;

import org.jspecify.annotations.NullMarked;
