package dev.slipway.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP connection that can be cut and mended, or forgotten as a firewall does it: without a word to either side. */
public final class Wire {
    private static final CountDownLatch FOREVER = new CountDownLatch(1);

    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean whole = true;
    private final AtomicInteger generation = new AtomicInteger();

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

    /** Nothing passes the connections of before any more, and none of them is closed; new ones pass. */
    public void forget() {
        generation.incrementAndGet();
    }

    private void copy(Socket from, Socket to) {
        open.add(from);
        int made = generation.get();
        Thread.ofVirtual().start(() -> {
            byte[] bytes = new byte[1 << 13];
            try (from;
                    to) {
                for (int read = from.getInputStream().read(bytes);
                        read >= 0;
                        read = from.getInputStream().read(bytes)) {
                    if (made < generation.get()) {
                        // Not read on: whoever sends is not told either, and sooner or later cannot send any more.
                        FOREVER.await();
                    }
                    to.getOutputStream().write(bytes, 0, read);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
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
