package dev.slipway.acceptance.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on loopback that lets answers through at a crawl once they are longer than a few kilobytes. */
final class ThrottlingProxy implements AutoCloseable {
    /** What is let through at once, so that heartbeats and small documents pass. */
    private static final int FREE = 4 << 10;

    private final URI behind;
    private final Duration pause;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    ThrottlingProxy(URI behind, int bytesPerSecond) throws IOException {
        this.behind = behind;
        this.pause = Duration.ofSeconds(1).dividedBy(bytesPerSecond);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket peer = new Socket(behind.getHost(), behind.getPort());
                sockets.add(client);
                sockets.add(peer);
                Thread.ofVirtual().start(() -> copy(client, peer, false));
                Thread.ofVirtual().start(() -> copy(peer, client, true));
            }
        } catch (IOException e) {
            // The proxy is closed, or what it stands before is gone; either way nobody gets through any more.
            return;
        }
    }

    private void copy(Socket from, Socket to, boolean slow) {
        byte[] bytes = new byte[FREE];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int passed = 0;
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (slow && passed + read > FREE) {
                    crawl(out, bytes, read);
                } else {
                    out.write(bytes, 0, read);
                    out.flush();
                }
                passed = slow && read < FREE / 2 ? 0 : passed + read;
            }
        } catch (SocketException e) {
            // One side has closed; the other one follows.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void crawl(OutputStream out, byte[] bytes, int length) throws IOException, InterruptedException {
        for (int at = 0; at < length; at++) {
            out.write(bytes[at]);
            out.flush();
            Thread.sleep(pause);
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
