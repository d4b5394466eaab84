/** The deployment of a release to the targets of an environment. */
@NullMarked
package dev.slipway.workflows.release;

import org.jspecify.annotations.NullMarked;
