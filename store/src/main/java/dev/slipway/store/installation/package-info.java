/** Who this installation is. */
@NullMarked
package dev.slipway.store.installation;

import org.jspecify.annotations.NullMarked;
