/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.artifact;

import org.jspecify.annotations.NullMarked;
