/** Documents that declare what shall be: read strictly, applied all or not at all. */
@NullMarked
package dev.slipway.api.manifest;

import org.jspecify.annotations.NullMarked;
