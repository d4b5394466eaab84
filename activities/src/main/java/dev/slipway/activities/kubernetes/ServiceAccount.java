package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * As whom a pod asks the cluster that it runs in.
 *
 * @param folder holds the token, and the certificate of the authority
 * @param server the address of the API server; null where this process runs in no cluster
 */
public record ServiceAccount(Path folder, @Nullable String server) {
    private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** The one that Kubernetes gives to each pod, with {@code host} and {@code port} as its environment tells them. */
    public static ServiceAccount mounted(String host, String port) {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return new ServiceAccount(MOUNTED, host.isEmpty() || port.isEmpty() ? null : "https://" + name + ":" + port);
    }

    /** Fails with {@code ClusterRefused} where there is none. */
    Config configuration(String cluster) {
        Path authority = folder.resolve("ca.crt");
        if (server == null || !Files.isReadable(authority) || !Files.isReadable(token())) {
            throw new SlipwayException(
                    FailureType.CLUSTER_REFUSED,
                    "Cluster " + cluster + " has no kubeconfig, so it means the cluster that Slipway runs in; but"
                            + " Slipway does not run in a cluster. Set kubeconfig to the secret that holds it.");
        }
        return ClusterClients.defaults()
                .withMasterUrl(server)
                .withCaCertFile(authority.toString())
                // Asked for each request: Kubernetes replaces the token in the file long before it expires.
                .withOauthTokenProvider(() -> read(token()))
                .build();
    }

    private Path token() {
        return folder.resolve("token");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
