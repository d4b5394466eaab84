/** Projects. */
@NullMarked
package dev.slipway.store.project;

import org.jspecify.annotations.NullMarked;
