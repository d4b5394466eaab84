@NullMarked
package dev.slipway.activities.chart;

import org.jspecify.annotations.NullMarked;
