/** What comes from outside is hostile: each abuse case, and what it gets. */
@NullMarked
package dev.slipway.acceptance.security;

import org.jspecify.annotations.NullMarked;
