@NullMarked
package dev.slipway.agent.fleet;

import org.jspecify.annotations.NullMarked;
