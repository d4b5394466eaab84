/** Packaged Helm charts: archives with rules of their own, held in memory. */
@NullMarked
package dev.slipway.archive.chart;

import org.jspecify.annotations.NullMarked;
