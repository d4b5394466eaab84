/** What manifests are made of. */
@NullMarked
package dev.slipway.core.manifest;

import org.jspecify.annotations.NullMarked;
