/** JSON and YAML, as they are read and as they are printed. */
@NullMarked
package dev.slipway.cli.document;

import org.jspecify.annotations.NullMarked;
