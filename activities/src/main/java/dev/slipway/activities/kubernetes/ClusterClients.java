package dev.slipway.activities.kubernetes;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.secret.SecretSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Connections to clusters: one for each kubeconfig and address, closed once nobody has used it for a while. A host is looked
 * up for each lease: its cluster may have moved.
 */
final class ClusterClients implements AutoCloseable {
    private static final int CONNECT_TIMEOUT =
            Math.toIntExact(Duration.ofSeconds(10).toMillis());
    private static final int REQUEST_TIMEOUT =
            Math.toIntExact(Duration.ofSeconds(30).toMillis());

    private final SecretSource secrets;
    private final AddressPolicy addresses;
    private final ServiceAccount own;
    private final Duration idle;
    private final Map<String, Shared> shared = new HashMap<>();

    /** {@code idle} is how long one that nobody uses is kept. */
    ClusterClients(SecretSource secrets, AddressPolicy addresses, ServiceAccount own, Duration idle) {
        this.secrets = secrets;
        this.addresses = addresses;
        this.own = own;
        this.idle = idle;
    }

    /** A client in use; whoever has it closes it. */
    final class Lease implements AutoCloseable {
        private final Shared from;

        private Lease(Shared from) {
            this.from = from;
        }

        ClusterResources resources() {
            return from.resources;
        }

        ClusterFeeds feeds() {
            return from.feeds;
        }

        FeedReads reads() {
            return from.reads;
        }

        @Override
        public void close() {
            giveBack(from);
        }
    }

    /** Who asks which server, at which of its addresses. */
    private record Access(String identity, Config config, InetAddress address) {
        String key() {
            return identity + "@" + address.getHostAddress();
        }
    }

    private static final class Shared {
        private final String key;
        private final ClusterResources resources;
        private final ClusterFeeds feeds;
        private final FeedReads reads;
        private final PinnedConnections connections;
        private int users;
        private long uses;

        private Shared(String key, KubernetesClient client, PinnedConnections connections) {
            this.key = key;
            this.resources = new ClusterResources(client);
            this.feeds = new ClusterFeeds(resources);
            this.reads = new FeedReads(resources);
            this.connections = connections;
        }

        private void close() {
            feeds.close();
            resources.client().close();
            connections.close();
        }
    }

    /**
     * Fails with {@code UnknownSecret}, with {@code ClusterRefused} for a kubeconfig that cannot be used, or with {@code
     * AddressNotAllowed} where it leads to where nothing goes from here.
     *
     * @throws UnknownHostException where the name service does not know the server
     */
    Lease lease(Cluster cluster) throws UnknownHostException {
        Access access = access(cluster);
        synchronized (shared) {
            Shared found = shared.get(access.key());
            if (found == null) {
                found = open(cluster, access);
                shared.put(access.key(), found);
            }
            found.users++;
            found.uses++;
            return new Lease(found);
        }
    }

    private void giveBack(Shared from) {
        synchronized (shared) {
            from.users--;
            long uses = from.uses;
            CompletableFuture.delayedExecutor(idle.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> closeUnlessUsed(from, uses));
        }
    }

    private void closeUnlessUsed(Shared from, long uses) {
        synchronized (shared) {
            if (from.users > 0 || from.uses != uses || !shared.remove(from.key, from)) {
                return;
            }
        }
        from.close();
    }

    /** Closes all, also those in use. */
    @Override
    public void close() {
        synchronized (shared) {
            shared.values().forEach(Shared::close);
            shared.clear();
        }
    }

    private Access access(Cluster cluster) throws UnknownHostException {
        String name = cluster.kubeconfig();
        if (name == null) {
            Config config = own.configuration(cluster.name());
            // Whoever installed Slipway in the cluster has said by that where it goes.
            return new Access("", config, InetAddress.getByName(host(config)));
        }
        String text = secrets.resolve(name);
        Config config = Kubeconfig.read(text).configuration();
        return new Access(digest(text), config, addresses.resolve(host(config)).getFirst());
    }

    private static String host(Config config) {
        return URI.create(config.getMasterUrl()).getHost();
    }

    private static Shared open(Cluster cluster, Access access) {
        PinnedConnections connections = PinnedConnections.to(host(access.config()), access.address());
        try {
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(access.config())
                    .withHttpClientFactory(connections)
                    .build();
            return new Shared(access.key(), client, connections);
        } catch (RuntimeException e) {
            connections.close();
            // What is said of a certificate or key that cannot be read may quote it.
            throw new SlipwayException(
                    FailureType.CLUSTER_REFUSED,
                    "The kubeconfig of cluster " + cluster.name()
                            + " is invalid: it contains a malformed certificate or key.");
        }
    }

    /** Takes nothing from the environment, system properties or the home folder of this process. */
    static ConfigBuilder defaults() {
        return new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withConnectionTimeout(CONNECT_TIMEOUT)
                .withRequestTimeout(REQUEST_TIMEOUT)
                // Temporal tries again, and tells in the meantime what is wrong.
                .withRequestRetryBackoffLimit(1)
                .withWatchReconnectLimit(0)
                .withUserAgent("slipway");
    }

    private static String digest(String text) {
        return Digest.of(text).hex();
    }
}
