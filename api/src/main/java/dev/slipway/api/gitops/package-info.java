/** GitOps: what is declared for it, and the charts that CI jobs hand in. */
@NullMarked
package dev.slipway.api.gitops;

import org.jspecify.annotations.NullMarked;
