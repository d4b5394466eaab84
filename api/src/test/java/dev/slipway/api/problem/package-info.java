/** Tests of problem documents, and of the catalogue that tells people of them. */
@NullMarked
package dev.slipway.api.problem;

import org.jspecify.annotations.NullMarked;
