/** What text may hold, wherever it comes from. */
@NullMarked
package dev.slipway.core.text;

import org.jspecify.annotations.NullMarked;
