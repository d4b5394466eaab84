package dev.slipway.acceptance.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy on loopback, before a server of plain http, that cuts connections on which something is sent. */
public final class CuttingProxy implements AutoCloseable {
    private static final int LINE = 300;

    private final int port;
    private final String path;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Cut cut = new Cut.Nothing();

    /** Where the next request is cut; those after it pass. */
    public sealed interface Cut {
        record Nothing() implements Cut {}

        /** Not a byte of what the server answers comes through. */
        record Answer() implements Cut {}

        /** So many bytes of the request come through. */
        record Request(int bytes) implements Cut {}
    }

    /** Before the server at {@code port}; requests that post to an address that ends with {@code path} are cut. */
    public CuttingProxy(int port, String path) throws IOException {
        this.port = port;
        this.path = path + " HTTP/";
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public int cuts() {
        return cuts.get();
    }

    public void next(Cut wanted) {
        cut = wanted;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(peer);
                Passage passage = new Passage(client, peer);
                Thread.ofVirtual().start(passage::requests);
                Thread.ofVirtual().start(passage::answers);
            }
        } catch (IOException e) {
            // The proxy is closed.
            return;
        }
    }

    /** One connection. */
    private final class Passage {
        private final Socket client;
        private final Socket peer;
        private volatile boolean sending;
        private int sent;

        Passage(Socket client, Socket peer) {
            this.client = client;
            this.peer = peer;
        }

        void requests() {
            byte[] bytes = new byte[8 << 10];
            try (client;
                    peer;
                    InputStream in = client.getInputStream();
                    OutputStream out = peer.getOutputStream()) {
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
                    sending |= text.startsWith("POST /")
                            && text.substring(0, Math.min(read, LINE)).contains(path);
                    int allowed = allowed(read);
                    out.write(bytes, 0, allowed);
                    out.flush();
                    if (allowed < read) {
                        cut();
                        return;
                    }
                }
            } catch (IOException e) {
                // One side has gone; the other one follows.
                return;
            }
        }

        private int allowed(int read) {
            if (!sending || !(cut instanceof Cut.Request(int limit))) {
                return read;
            }
            int allowed = Math.min(read, limit - sent);
            sent += read;
            return allowed;
        }

        void answers() {
            byte[] bytes = new byte[8 << 10];
            try (client;
                    peer;
                    InputStream in = peer.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (sending && cut instanceof Cut.Answer) {
                        cut();
                        return;
                    }
                    out.write(bytes, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One side has gone; the other one follows.
                return;
            }
        }

        private void cut() {
            cuts.incrementAndGet();
            cut = new Cut.Nothing();
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
