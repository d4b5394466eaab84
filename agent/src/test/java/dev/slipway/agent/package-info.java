@NullMarked
package dev.slipway.agent;

import org.jspecify.annotations.NullMarked;
