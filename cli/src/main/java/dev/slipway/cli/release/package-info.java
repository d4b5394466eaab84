/** Make releases, deploy them and steer deployments. */
@NullMarked
package dev.slipway.cli.release;

import org.jspecify.annotations.NullMarked;
