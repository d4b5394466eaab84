/** Helm charts: found, checked and packed as {@code helm package} does it. */
@NullMarked
package dev.slipway.cli.chart;

import org.jspecify.annotations.NullMarked;
