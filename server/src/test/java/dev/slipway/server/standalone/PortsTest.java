package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    private final List<String> said = new ArrayList<>();
    private Ports ports;

    @BeforeEach
    void cache(@TempDir Path folder) {
        ports = new Ports(new CacheDirectory(folder), said::add);
    }

    @Test
    void takesTheNextPortWhenTheWantedOneIsBusyAndSaysSo() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = ports.choose("the server", busy.getLocalPort());

            assertThat(port).isGreaterThan(busy.getLocalPort());
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("Port " + busy.getLocalPort() + " is busy", "the server takes " + port);
        }
    }

    @Test
    void givesNoPortTwice() {
        int first = ports.choose("one", 20_000);

        assertThat(ports.choose("other", first)).isNotEqualTo(first);
    }

    @Test
    void leavesAPortToTheProcessThatHasChosenItButDoesNotListenYet(@TempDir Path folder) throws Exception {
        CacheDirectory cache = new CacheDirectory(folder);
        Process other = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherStack.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int taken = Integer.parseInt(other.inputReader().readLine());

        assertThat(new Ports(cache, said::add).choose("the server", taken)).isNotEqualTo(taken);

        other.destroyForcibly().waitFor();
        assertThat(new Ports(cache, said::add).choose("the server", taken)).isEqualTo(taken);
    }

    static final class OtherStack {
        public static void main(String[] arguments) throws Exception {
            int port = new Ports(new CacheDirectory(Path.of(arguments[0])), _ -> {}).choose("the server", 23_400);
            collectGarbage();
            System.out.println(port);
            Thread.sleep(Duration.ofMinutes(1));
        }

        // As happens in any process that lives long enough.
        private static void collectGarbage() throws InterruptedException {
            CountDownLatch collected = new CountDownLatch(3);
            Cleaner cleaner = Cleaner.create();
            while (collected.getCount() > 0) {
                cleaner.register(new Object(), collected::countDown);
                System.gc();
                Thread.sleep(Duration.ofMillis(10));
            }
        }
    }
}
