/** How workflows write the story of a deployment. */
@NullMarked
package dev.slipway.workflows.timeline;

import org.jspecify.annotations.NullMarked;
