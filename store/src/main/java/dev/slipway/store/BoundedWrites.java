package dev.slipway.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that are closed when a write takes too long. The driver's {@code socketTimeout} limits reads alone: a statement that
 * is larger than the buffers of a forgotten connection, such as a chunk of an archive, would be written for a quarter of an
 * hour, and keep its connection from the pool.
 */
public final class BoundedWrites extends SocketFactory {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("database-writes").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    @Override
    public Socket createSocket() {
        return new BoundedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new BoundedSocket(InetAddress.getByName(host), port, null, 0);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return new BoundedSocket(InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new BoundedSocket(host, port, null, 0);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return new BoundedSocket(host, port, local, localPort);
    }

    private static final class BoundedSocket extends Socket {
        BoundedSocket() {}

        BoundedSocket(InetAddress host, int port, @Nullable InetAddress local, int localPort) throws IOException {
            super(host, port, local, localPort);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new BoundedStream(this, super.getOutputStream());
        }
    }

    private static final class BoundedStream extends FilterOutputStream {
        private final Socket socket;

        BoundedStream(Socket socket, OutputStream out) {
            super(out);
            this.socket = socket;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Future<?> end = CLOCK.schedule(this::end, ConnectionLimits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            try {
                out.write(bytes, offset, length);
            } finally {
                end.cancel(false);
            }
        }

        private void end() {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed or not, nothing more can be done about it.
            }
        }
    }
}
