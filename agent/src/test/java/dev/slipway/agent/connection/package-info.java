@NullMarked
package dev.slipway.agent.connection;

import org.jspecify.annotations.NullMarked;
