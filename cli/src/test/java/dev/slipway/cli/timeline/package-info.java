/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.timeline;

import org.jspecify.annotations.NullMarked;
