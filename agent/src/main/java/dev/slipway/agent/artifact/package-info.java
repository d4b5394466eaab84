/** Archives: fetched by digest, and unpacked safely. */
@NullMarked
package dev.slipway.agent.artifact;

import org.jspecify.annotations.NullMarked;
