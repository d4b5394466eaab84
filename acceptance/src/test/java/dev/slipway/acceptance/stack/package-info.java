/** A standalone stack and whoever talks to it, each as a program of its own. */
@NullMarked
package dev.slipway.acceptance.stack;

import org.jspecify.annotations.NullMarked;
