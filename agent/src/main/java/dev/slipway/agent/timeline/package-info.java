/** What steps and services say, on its way to the control plane. */
@NullMarked
package dev.slipway.agent.timeline;

import org.jspecify.annotations.NullMarked;
