@NullMarked
package dev.slipway.agent.artifact;

import org.jspecify.annotations.NullMarked;
