/** What deployments of every feature have in common. */
@NullMarked
package dev.slipway.core.deployment;

import org.jspecify.annotations.NullMarked;
