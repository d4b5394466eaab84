@NullMarked
package dev.slipway.core.fleet;

import org.jspecify.annotations.NullMarked;
