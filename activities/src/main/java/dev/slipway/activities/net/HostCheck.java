package dev.slipway.activities.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Decides where connections may go. */
@FunctionalInterface
public interface HostCheck {
    /** The addresses of {@code host} that may be connected to, one at least; fails where none may. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
