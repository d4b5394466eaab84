/** The workflows of GitOps deployments, against a fake repository and a fake cluster. */
@NullMarked
package dev.slipway.workflows.gitops;

import org.jspecify.annotations.NullMarked;
