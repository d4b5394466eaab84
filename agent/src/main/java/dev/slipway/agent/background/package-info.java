/** Threads that are there as long as the agent is. */
@NullMarked
package dev.slipway.agent.background;

import org.jspecify.annotations.NullMarked;
