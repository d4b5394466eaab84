/** Packaged Helm charts: read safely, and edited without losing what people wrote in them. */
@NullMarked
package dev.slipway.activities.chart;

import org.jspecify.annotations.NullMarked;
