/** What is under way when the server is upgraded goes on. */
@NullMarked
package dev.slipway.acceptance.upgrade;

import org.jspecify.annotations.NullMarked;
