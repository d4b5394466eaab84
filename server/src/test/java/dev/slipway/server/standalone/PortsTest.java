package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final List<String> said = new ArrayList<>();
    private final Ports ports = new Ports(said::add);

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
}
