@NullMarked
package dev.slipway.core.text;

import org.jspecify.annotations.NullMarked;
