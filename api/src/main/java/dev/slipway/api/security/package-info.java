/** Who may do what. */
@NullMarked
package dev.slipway.api.security;

import org.jspecify.annotations.NullMarked;
