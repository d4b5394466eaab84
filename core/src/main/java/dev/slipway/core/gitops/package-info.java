/** Charts that are pushed to an IaC repository, from which a reconciler in the cluster applies them. */
@NullMarked
package dev.slipway.core.gitops;

import org.jspecify.annotations.NullMarked;
