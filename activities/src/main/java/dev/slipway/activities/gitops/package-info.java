/** How charts get into IaC repositories. */
@NullMarked
package dev.slipway.activities.gitops;

import org.jspecify.annotations.NullMarked;
