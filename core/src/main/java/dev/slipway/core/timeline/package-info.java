/** What happened to a deployment, as an ordered story. */
@NullMarked
package dev.slipway.core.timeline;

import org.jspecify.annotations.NullMarked;
