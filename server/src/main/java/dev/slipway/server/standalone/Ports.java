package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Chooses the ports of a stack: the wanted one, or the next that is free. Nobody listens on a port yet when it is chosen;
 * a lock, which lives as long as this process, keeps other stacks of this user away from it.
 */
final class Ports {
    private static final int TRIES = 1000;

    private final Path locks;
    private final Consumer<String> say;

    Ports(CacheDirectory cache, Consumer<String> say) {
        this.locks = cache.entry("ports");
        this.say = say;
    }

    /** {@code isTaken}: by a program of this stack that is still there from last time. */
    int choose(String what, int wanted, boolean isTaken) {
        return isTaken && claim(wanted) ? wanted : choose(what, wanted);
    }

    int choose(String what, int wanted) {
        for (int port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
            if (isFree(port) && claim(port)) {
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

    /** The kernel gives a claim back when this process ends, however it ends. */
    private boolean claim(int port) {
        try {
            Files.createDirectories(locks);
            FileChannel channel = FileChannel.open(
                    locks.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locks(channel)) {
                return true;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Ports cannot be claimed in " + locks + ": " + e.getMessage(), e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
