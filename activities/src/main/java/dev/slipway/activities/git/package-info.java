/** Branches of remote Git repositories, changed by way of bare clones. It knows nothing of what is changed, or why. */
@NullMarked
package dev.slipway.activities.git;

import org.jspecify.annotations.NullMarked;
