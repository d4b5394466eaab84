/** The four verbs at the targets of this node: fenced, one at a time for each target, and written down. */
@NullMarked
package dev.slipway.agent.fleet;

import org.jspecify.annotations.NullMarked;
