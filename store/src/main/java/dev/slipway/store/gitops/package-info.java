/** What is declared for GitOps, and the deployments that are made of it. */
@NullMarked
package dev.slipway.store.gitops;

import org.jspecify.annotations.NullMarked;
