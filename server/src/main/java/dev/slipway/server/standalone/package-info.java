/** The standalone stack: PostgreSQL, Temporal, the server and an agent, started and watched by one supervisor. */
@NullMarked
package dev.slipway.server.standalone;

import org.jspecify.annotations.NullMarked;
