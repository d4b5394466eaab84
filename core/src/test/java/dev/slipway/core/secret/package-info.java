/** What must not be seen, and how it is kept from sight. */
@NullMarked
package dev.slipway.core.secret;

import org.jspecify.annotations.NullMarked;
