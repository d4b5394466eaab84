/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.secret;

import org.jspecify.annotations.NullMarked;
