/** Archives: uploaded in pieces, checked once, served by digest. */
@NullMarked
package dev.slipway.api.artifact;

import org.jspecify.annotations.NullMarked;
