package dev.slipway.acceptance.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on loopback. Once it is frozen, what the server says on the connections that there are is swallowed, as by a
 * firewall that has forgotten them; one on which the client says something more is reset.
 */
final class FreezingProxy implements AutoCloseable {
    private final int behind;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();

    FreezingProxy(int behind) throws IOException {
        this.behind = behind;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void freeze() {
        frozen.addAll(sockets);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), behind);
                sockets.add(client);
                sockets.add(peer);
                Thread.ofVirtual().start(() -> copy(client, peer, true));
                Thread.ofVirtual().start(() -> copy(peer, client, false));
            }
        } catch (IOException e) {
            // It is closed.
            return;
        }
    }

    private void copy(Socket from, Socket to, boolean request) {
        byte[] bytes = new byte[16 << 10];
        try (from;
                to) {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                boolean isFrozen = frozen.contains(from);
                if (isFrozen && request) {
                    return;
                }
                if (!isFrozen) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // One side has closed; the other one follows.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
