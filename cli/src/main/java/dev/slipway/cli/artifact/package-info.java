/** Archives on their way to the artifact store. */
@NullMarked
package dev.slipway.cli.artifact;

import org.jspecify.annotations.NullMarked;
