package dev.slipway.core.input;

import dev.slipway.core.failure.InvalidInputException;

/** TCP ports. */
public final class Ports {
    private Ports() {}

    /** Returns {@code port}, or fails naming {@code field} unless it is from 1 to 65535. */
    public static int requirePort(String field, int port) {
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException(field, "invalid port " + port + ": expected 1 to 65535");
        }
        return port;
    }
}
