/** The baseline of the stack's start. Its class path is its own. */
@NullMarked
package dev.slipway.bench.spring;

import org.jspecify.annotations.NullMarked;
