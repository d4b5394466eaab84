/** The door of the control plane: REST and server-sent events. */
@NullMarked
package dev.slipway.api;

import org.jspecify.annotations.NullMarked;
