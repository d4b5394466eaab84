/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.release;

import org.jspecify.annotations.NullMarked;
