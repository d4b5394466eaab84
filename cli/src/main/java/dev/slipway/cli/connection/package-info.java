/** Which Slipway to talk to, and how: address, token, requests, retries and the event stream. */
@NullMarked
package dev.slipway.cli.connection;

import org.jspecify.annotations.NullMarked;
