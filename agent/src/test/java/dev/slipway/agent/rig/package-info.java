/** What tests of the agent stand on: archives, a control plane, a node. */
@NullMarked
package dev.slipway.agent.rig;

import org.jspecify.annotations.NullMarked;
