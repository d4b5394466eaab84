package dev.slipway.activities.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchedWorkTest {
    @Test
    void givesWhatTheWorkGives() {
        assertThat(new WatchedWork(_ -> {}).<String>during(() -> "done")).isEqualTo("done");
    }

    @Test
    void failsAsTheWorkFails() {
        IllegalStateException failure = new IllegalStateException("no");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new WatchedWork(_ -> {}).during(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void takesWorkOutOfAReadThatNobodyAnswers() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WatchedWork canceled = new WatchedWork(_ -> {
                throw new CancellationException("canceled");
            });

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> canceled.during(() -> read(silent, end)));

            assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    private static int read(ServerSocket silent, CompletableFuture<Throwable> end) throws IOException {
        try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
            return socket.getInputStream().read();
        } catch (IOException e) {
            end.complete(e);
            throw e;
        }
    }
}
