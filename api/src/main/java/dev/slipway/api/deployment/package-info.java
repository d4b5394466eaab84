/** Deployments of every feature, as the API shows and takes them. */
@NullMarked
package dev.slipway.api.deployment;

import org.jspecify.annotations.NullMarked;
