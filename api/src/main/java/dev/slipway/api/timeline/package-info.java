/** How a deployment is followed: events, output, and the history that Temporal keeps. */
@NullMarked
package dev.slipway.api.timeline;

import org.jspecify.annotations.NullMarked;
