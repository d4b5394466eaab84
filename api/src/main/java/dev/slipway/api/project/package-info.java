/** Projects and their environments over HTTP. */
@NullMarked
package dev.slipway.api.project;

import org.jspecify.annotations.NullMarked;
