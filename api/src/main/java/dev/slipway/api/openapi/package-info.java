/** The OpenAPI document, derived from the routes, their records and the catalogue of failures. */
@NullMarked
package dev.slipway.api.openapi;

import org.jspecify.annotations.NullMarked;
