@NullMarked
package dev.slipway.core.retry;

import org.jspecify.annotations.NullMarked;
