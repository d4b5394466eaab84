/** Charts from a CI job to a release that runs. */
@NullMarked
package dev.slipway.acceptance.gitops;

import org.jspecify.annotations.NullMarked;
