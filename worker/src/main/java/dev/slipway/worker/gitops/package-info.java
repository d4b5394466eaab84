/** What the worker does for GitOps deployments. */
@NullMarked
package dev.slipway.worker.gitops;

import org.jspecify.annotations.NullMarked;
