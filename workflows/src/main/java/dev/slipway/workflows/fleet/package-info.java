/** What a workflow asks of the agent of a node. */
@NullMarked
package dev.slipway.workflows.fleet;

import org.jspecify.annotations.NullMarked;
