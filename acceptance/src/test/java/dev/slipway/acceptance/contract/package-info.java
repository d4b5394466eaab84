/** The API and its OpenAPI document say the same. */
@NullMarked
package dev.slipway.acceptance.contract;

import org.jspecify.annotations.NullMarked;
