@NullMarked
package dev.slipway.core.artifact;

import org.jspecify.annotations.NullMarked;
