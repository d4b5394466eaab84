package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;

/** Makes clients that connect a host to the one address that was checked. */
final class PinnedConnections extends VertxHttpClientFactory implements AutoCloseable {
    private final Vertx vertx;

    private PinnedConnections(Vertx vertx) {
        super(vertx);
        this.vertx = vertx;
    }

    static PinnedConnections to(String host, InetAddress address) {
        // The address under the name, as in a file of hosts: the name is still what the certificate must be made out
        // to.
        Buffer hosts = Buffer.buffer(address.getHostAddress() + " " + host + "\n");
        return new PinnedConnections(Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(hosts))
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setUseDaemonThread(true)));
    }

    @Override
    public void close() {
        vertx.close();
    }
}
