/** What can be declared by manifests. */
@NullMarked
package dev.slipway.core.resource;

import org.jspecify.annotations.NullMarked;
