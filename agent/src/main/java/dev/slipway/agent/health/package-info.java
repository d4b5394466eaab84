/** Whether a target is healthy, with evidence. */
@NullMarked
package dev.slipway.agent.health;

import org.jspecify.annotations.NullMarked;
