/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.connection;

import org.jspecify.annotations.NullMarked;
