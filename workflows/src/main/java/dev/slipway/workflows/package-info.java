/** The names that workflows, workers and clients share, and how payloads are written. */
@NullMarked
package dev.slipway.workflows;

import org.jspecify.annotations.NullMarked;
