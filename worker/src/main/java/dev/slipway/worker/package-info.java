/** What a worker of the control plane runs: the workflows, and the activities that only the control plane can do. */
@NullMarked
package dev.slipway.worker;

import org.jspecify.annotations.NullMarked;
