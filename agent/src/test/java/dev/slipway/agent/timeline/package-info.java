@NullMarked
package dev.slipway.agent.timeline;

import org.jspecify.annotations.NullMarked;
