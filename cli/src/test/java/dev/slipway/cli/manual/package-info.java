/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.manual;

import org.jspecify.annotations.NullMarked;
