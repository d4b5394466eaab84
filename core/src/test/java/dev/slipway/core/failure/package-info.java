@NullMarked
package dev.slipway.core.failure;

import org.jspecify.annotations.NullMarked;
