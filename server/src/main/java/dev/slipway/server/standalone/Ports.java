package dev.slipway.server.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses the ports of a stack: the wanted one, or the next that is free. */
final class Ports {
    private static final int TRIES = 1000;

    private final Set<Integer> chosen = new HashSet<>();
    private final Consumer<String> say;

    Ports(Consumer<String> say) {
        this.say = say;
    }

    int choose(String what, int wanted) {
        for (int port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
            if (!chosen.contains(port) && isFree(port)) {
                chosen.add(port);
                if (port != wanted) {
                    say.accept("Port " + wanted + " is busy: " + what + " takes " + port + ".");
                }
                return port;
            }
        }
        throw new StackException("No port from " + wanted + " upward is free for " + what + ".");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
