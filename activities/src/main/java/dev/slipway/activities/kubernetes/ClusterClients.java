package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.secret.SecretSource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Connections to clusters: one for each kubeconfig, closed once nobody has used it for a while. */
final class ClusterClients implements AutoCloseable {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final int CONNECT_TIMEOUT =
            Math.toIntExact(Duration.ofSeconds(10).toMillis());
    private static final int REQUEST_TIMEOUT =
            Math.toIntExact(Duration.ofSeconds(30).toMillis());

    private final SecretSource secrets;
    private final Duration idle;
    private final Map<String, Shared> shared = new HashMap<>();

    /** {@code idle} is how long one that nobody uses is kept. */
    ClusterClients(SecretSource secrets, Duration idle) {
        this.secrets = secrets;
        this.idle = idle;
    }

    /** A client in use; whoever has it closes it. */
    final class Lease implements AutoCloseable {
        private final Shared from;

        private Lease(Shared from) {
            this.from = from;
        }

        KubernetesClient client() {
            return from.client;
        }

        @Override
        public void close() {
            giveBack(from);
        }
    }

    private static final class Shared {
        private final String key;
        private final KubernetesClient client;
        private int users;
        private long uses;

        private Shared(String key, KubernetesClient client) {
            this.key = key;
            this.client = client;
        }
    }

    /** Fails with {@code UnknownSecret}, or with {@code ClusterRefused} for a kubeconfig that cannot be used. */
    Lease lease(Cluster cluster) {
        String name = cluster.kubeconfig();
        String text = name == null ? "" : secrets.resolve(name);
        String key = name == null ? "" : digest(text);
        synchronized (shared) {
            Shared found = shared.get(key);
            if (found == null) {
                found = new Shared(key, client(cluster, text));
                shared.put(key, found);
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
        from.client.close();
    }

    /** Closes all, also those in use. */
    @Override
    public void close() {
        synchronized (shared) {
            shared.values().forEach(each -> each.client.close());
            shared.clear();
        }
    }

    private static KubernetesClient client(Cluster cluster, String kubeconfig) {
        Config config = cluster.kubeconfig() == null
                ? ofThisCluster(cluster)
                : Kubeconfig.read(kubeconfig).configuration();
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new VertxHttpClientFactory())
                    .build();
        } catch (RuntimeException e) {
            // What is said of a certificate or key that cannot be read may quote it.
            throw new SlipwayException(
                    FailureType.CLUSTER_REFUSED,
                    "The kubeconfig of cluster " + cluster.name()
                            + " cannot be used: a certificate or key in it cannot be read.");
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

    private static Config ofThisCluster(Cluster cluster) {
        Path authority = SERVICE_ACCOUNT.resolve("ca.crt");
        if (!Files.isReadable(authority)) {
            throw new SlipwayException(
                    FailureType.CLUSTER_REFUSED,
                    "Cluster " + cluster.name() + " has no kubeconfig, so it would be the one that Slipway runs in; but"
                            + " Slipway does not run in a cluster. Name the secret with its kubeconfig.");
        }
        return defaults()
                .withMasterUrl("https://kubernetes.default.svc")
                .withCaCertFile(authority.toString())
                // The token in the file changes every hour.
                .withOauthTokenProvider(() -> read(SERVICE_ACCOUNT.resolve("token")))
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
