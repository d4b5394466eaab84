package dev.slipway.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection that can be cut and mended. */
public final class Wire {
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean whole = true;

    public Wire() {
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return entrance.getLocalPort();
    }

    public void lead(String host, int port) {
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    Socket near = entrance.accept();
                    if (!whole) {
                        near.close();
                        continue;
                    }
                    Socket far = new Socket(host, port);
                    copy(near, far);
                    copy(far, near);
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public void cut() {
        whole = false;
        open.forEach(Wire::close);
        open.clear();
    }

    public void mend() {
        whole = true;
    }

    private void copy(Socket from, Socket to) {
        open.add(from);
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // The wire was cut.
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
