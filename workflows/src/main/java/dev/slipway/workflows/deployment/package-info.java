/** The kernel: what the workflows of every kind of deployment share. */
@NullMarked
package dev.slipway.workflows.deployment;

import org.jspecify.annotations.NullMarked;
