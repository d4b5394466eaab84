package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Chooses the ports of a stack: the wanted one, or the next that is free. Nobody listens on a port yet when it is chosen;
 * a lock, which lives as long as this process, keeps other stacks of this user away from it.
 */
final class Ports {
    private static final int TRIES = 1000;

    // Held here, because an unreachable channel is closed by the garbage collector, which releases its lock.
    private static final Map<Path, FileChannel> CLAIMS = new HashMap<>();

    private final Path locks;
    private final Consumer<String> say;

    Ports(CacheDirectory cache, Consumer<String> say) {
        this.locks = cache.entry("ports").toAbsolutePath();
        this.say = say;
    }

    /** {@code isTaken}: by a program of this stack that is still there from last time. */
    int choose(String what, int wanted, boolean isTaken) {
        return isTaken && claim(wanted) ? wanted : choose(what, wanted);
    }

    int choose(String what, int wanted) {
        for (int port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
            // Claimed first: a port that another stack has claimed must be free when that stack binds it.
            if (!claim(port)) {
                continue;
            }
            if (isFree(port)) {
                if (port != wanted) {
                    say.accept("Port " + wanted + " is busy: " + what + " takes " + port + ".");
                }
                return port;
            }
            release(port);
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
        synchronized (CLAIMS) {
            // Closing a second channel on the same file would release the lock of the first.
            if (CLAIMS.containsKey(file(port))) {
                return false;
            }
            try {
                Files.createDirectories(locks);
                FileChannel channel = FileChannel.open(file(port), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() == null) {
                    channel.close();
                    return false;
                }
                CLAIMS.put(file(port), channel);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException("Ports cannot be claimed in " + locks + ": " + e.getMessage(), e);
            }
        }
    }

    private void release(int port) {
        synchronized (CLAIMS) {
            try {
                Objects.requireNonNull(CLAIMS.remove(file(port))).close();
            } catch (IOException e) {
                throw new UncheckedIOException("Ports cannot be released in " + locks + ": " + e.getMessage(), e);
            }
        }
    }

    private Path file(int port) {
        return locks.resolve(Integer.toString(port));
    }
}
