/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.cli.gitops;

import org.jspecify.annotations.NullMarked;
