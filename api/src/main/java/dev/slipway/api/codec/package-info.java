/** Readable payloads for the tools of Temporal. */
@NullMarked
package dev.slipway.api.codec;

import org.jspecify.annotations.NullMarked;
