/** Secrets, which can be written and never read. */
@NullMarked
package dev.slipway.api.secret;

import org.jspecify.annotations.NullMarked;
