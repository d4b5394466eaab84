/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.resource;

import org.jspecify.annotations.NullMarked;
