@NullMarked
package dev.slipway.agent.docker;

import org.jspecify.annotations.NullMarked;
