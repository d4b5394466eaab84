/** One form for every error that leaves the API, and the guards that find the plainest ones. */
@NullMarked
package dev.slipway.api.problem;

import org.jspecify.annotations.NullMarked;
