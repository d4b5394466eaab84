/** Archives by digest, in chunks, so that every replica can serve them. */
@NullMarked
package dev.slipway.store.artifact;

import org.jspecify.annotations.NullMarked;
