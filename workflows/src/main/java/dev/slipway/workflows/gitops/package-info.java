/** GitOps deployments: validate, push to the IaC repository, watch the reconciler. */
@NullMarked
package dev.slipway.workflows.gitops;

import org.jspecify.annotations.NullMarked;
