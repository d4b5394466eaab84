/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.stack;

import org.jspecify.annotations.NullMarked;
