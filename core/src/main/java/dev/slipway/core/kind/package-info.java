/** Which kinds of deployments there are. */
@NullMarked
package dev.slipway.core.kind;

import org.jspecify.annotations.NullMarked;
