/** Secrets, encrypted. */
@NullMarked
package dev.slipway.store.secret;

import org.jspecify.annotations.NullMarked;
