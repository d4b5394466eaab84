/** What Slipway has to say, as data; and the catalogue that has the words. */
@NullMarked
package dev.slipway.core.message;

import org.jspecify.annotations.NullMarked;
