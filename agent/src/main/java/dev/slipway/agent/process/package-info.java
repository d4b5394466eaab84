/** Targets that are processes, which the agent supervises. */
@NullMarked
package dev.slipway.agent.process;

import org.jspecify.annotations.NullMarked;
