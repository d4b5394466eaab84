@NullMarked
package dev.slipway.agent.process;

import org.jspecify.annotations.NullMarked;
