/** What the control plane asks image registries. */
@NullMarked
package dev.slipway.activities.artifact;

import org.jspecify.annotations.NullMarked;
