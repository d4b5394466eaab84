/** The control-plane process: the roles api and worker in one JVM or in several. */
@NullMarked
package dev.slipway.server;

import org.jspecify.annotations.NullMarked;
