@NullMarked
package dev.slipway.agent.health;

import org.jspecify.annotations.NullMarked;
