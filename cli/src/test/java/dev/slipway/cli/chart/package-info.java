/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.chart;

import org.jspecify.annotations.NullMarked;
