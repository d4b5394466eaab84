/** What the agent keeps on its disk, and how it survives a crash. */
@NullMarked
package dev.slipway.agent.state;

import org.jspecify.annotations.NullMarked;
