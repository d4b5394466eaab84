/** Projects and their environments; which Slipway a project is deployed by, and where the stack of a machine is. */
@NullMarked
package dev.slipway.core.project;

import org.jspecify.annotations.NullMarked;
