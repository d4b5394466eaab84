@NullMarked
package dev.slipway.agent.background;

import org.jspecify.annotations.NullMarked;
