package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which addresses a kubeconfig may lead. */
class ClusterAddressTest {
    private static final Cluster CLUSTER = new Cluster("prod", "kubeconfig");
    private static final AddressPolicy STRICT = new AddressPolicy(List.of(), false);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:6443",
                "https://localhost:6443",
                "http://127.0.0.1:8080",
                "https://2130706433",
                "https://[::1]:6443",
                "https://[::ffff:127.0.0.1]:6443",
                "https://169.254.169.254",
                "https://[fd00:ec2::254]",
                "https://0.0.0.0:6443"
            })
    void doesNotGoWhereThisInstallationDoesNotGo(String address) {
        try (ClusterClients clients = clients(address, STRICT)) {
            assertThatThrownBy(() -> clients.lease(CLUSTER))
                    .isInstanceOf(SlipwayException.class)
                    .hasMessageContaining("which this installation does not allow")
                    .extracting(e -> ((SlipwayException) e).type())
                    .isEqualTo(FailureType.ADDRESS_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.1:6443", "https://192.168.1.1:6443", "https://[fd12::1]:6443"})
    void goesToPrivateNetworks(String address) throws UnknownHostException {
        try (ClusterClients clients = clients(address, STRICT);
                ClusterClients.Lease lease = clients.lease(CLUSTER)) {
            assertThat(lease.resources().client().getMasterUrl()).hasToString(address + "/");
        }
    }

    @Test
    void goesToThisMachineWhereThatIsAllowed() throws UnknownHostException {
        answer("/api/v1/namespaces/apps/pods", 200, "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}");
        try (ClusterClients clients = clients("http://localhost:" + port(), new AddressPolicy(List.of(), true));
                ClusterClients.Lease lease = clients.lease(CLUSTER)) {
            assertThat(lease.resources()
                            .client()
                            .pods()
                            .inNamespace("apps")
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        answer("/api/v1/namespaces/apps/pods", 200, "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}");
        try (PinnedConnections connections = PinnedConnections.to("cluster.invalid", InetAddress.getLoopbackAddress());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(ClusterClients.defaults()
                                .withMasterUrl("http://cluster.invalid:" + port())
                                .build())
                        .withHttpClientFactory(connections)
                        .build()) {
            assertThat(client.pods().inNamespace("apps").list().getItems())
                    .as("though no name service knows it")
                    .isEmpty();
        }
    }

    @Test
    void followsNobodyElsewhere() throws UnknownHostException {
        server.createContext("/elsewhere", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/api", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        try (ClusterClients clients = clients("http://localhost:" + port(), new AddressPolicy(List.of(), true));
                ClusterClients.Lease lease = clients.lease(CLUSTER)) {
            assertThatThrownBy(() -> lease.resources()
                            .client()
                            .pods()
                            .inNamespace("apps")
                            .list())
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(asked).hasValue(0);
    }

    @Test
    void saysThatNobodyKnowsAHost() {
        try (ClusterClients clients = clients("https://cluster.invalid:6443", STRICT)) {
            assertThatThrownBy(() -> clients.lease(CLUSTER))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("cluster.invalid");
        }
    }

    @Test
    void isInNoClusterWithoutAServiceAccount() {
        try (ClusterClients clients = clients("https://10.0.0.1", STRICT)) {
            assertThatThrownBy(() -> clients.lease(new Cluster("own", null)))
                    .hasMessageContaining("Slipway does not run in a cluster")
                    .extracting(e -> ((SlipwayException) e).type())
                    .isEqualTo(FailureType.CLUSTER_REFUSED);
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static ClusterClients clients(String address, AddressPolicy policy) {
        String kubeconfig = """
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: abc}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(address);
        return new ClusterClients(
                _ -> kubeconfig, policy, new ServiceAccount(Path.of("nowhere"), null), Duration.ofMinutes(1));
    }
}
