package dev.slipway.acceptance.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Distribution;
import dev.slipway.acceptance.stack.Stack;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kubernetes with two simulated nodes, Flux's resources and Argo CD's Application; without controllers for those.
 * Test classes share it until their JVM ends. On its nodes no container runs: one whose image tag begins with {@code bad} has an image that
 * cannot be pulled, one with {@code crash} crashes; a pod annotated with {@code test/ready-delay: 3s} is ready later.
 */
public final class KubernetesCluster implements BeforeAllCallback, AutoCloseable {
    /** What each container says last, wherever it runs. */
    static final String LAST_WORDS = "starting\ncannot reach the database";

    private static final KubernetesCluster SHARED = new KubernetesCluster();

    private final Path folder = Distribution.workFolder().resolve("kubernetes");
    private @Nullable ControlPlane plane;
    private @Nullable KubernetesClient client;

    private KubernetesCluster() {}

    /** The one of this run, which is started with the first class that needs it. */
    public static KubernetesCluster shared() {
        return SHARED;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        synchronized (KubernetesCluster.class) {
            if (plane == null) {
                start();
            }
        }
    }

    /** For what is no test. */
    public void start() throws IOException {
        Path parent = Files.createDirectories(Distribution.workFolder());
        Command.runAlone(parent, Map.of(), "/bin/rm", "-rf", folder.toString()).expect(0);
        Files.createDirectories(folder);
        try {
            begin();
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void begin() throws IOException {
        plane = ControlPlane.start(folder);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
        kubectl("create", "-f", KubernetesPrograms.fluxDefinitions().toString());
        apply(ARGO_CD);
        apply(node("node-1") + "---\n" + node("node-2"));
        kubectl("wait", "--for=condition=Ready", "node", "--all", "--timeout=60s");
        kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    }

    private ControlPlane plane() {
        return Objects.requireNonNull(plane, "The cluster is an extension of a test class that has begun");
    }

    KubernetesClient client() {
        return Objects.requireNonNull(client, "The cluster is an extension of a test class that has begun");
    }

    /** Of an administrator. */
    public String kubeconfig() {
        try {
            return Files.readString(plane().kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a new service account of {@code namespace}, which may do nothing but what {@code rules} say, in YAML. */
    public String kubeconfig(String namespace, String rules) {
        try {
            return plane().kubeconfig("token: " + token(namespace, account(namespace, rules)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more token of an account. {@code more}: arguments of {@code kubectl create token}. */
    String token(String namespace, String account, String... more) {
        List<String> arguments = new ArrayList<>(List.of("create", "token", account, "-n", namespace));
        arguments.addAll(List.of(more));
        return kubectl(arguments.toArray(String[]::new));
    }

    /** The name of a new service account of {@code namespace}, which may do nothing but what {@code rules} say, in YAML. */
    String account(String namespace, String rules) {
        String name = "account-" + UUID.randomUUID().toString().substring(0, 8);
        kubectl("create", "serviceaccount", name, "-n", namespace);
        apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: %1$s, namespace: %2$s}
                rules: %3$s
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s, namespace: %2$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
                subjects: [{kind: ServiceAccount, name: %1$s, namespace: %2$s}]
                """.formatted(name, namespace, rules));
        return name;
    }

    /** The address of the API server. */
    String server() {
        return client().getMasterUrl().toString();
    }

    /** A namespace that no other test uses. */
    public String namespace(String name) {
        String unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        kubectl("create", "namespace", unique);
        // Pods need the account, which a controller makes.
        await("the account of " + unique)
                .atMost(Stack.SOON)
                .until(() -> plane().kubectl("get", "serviceaccount", "default", "-n", unique)
                                .exitCode()
                        == 0);
        return unique;
    }

    /** What it prints; fails unless it succeeds. */
    public String kubectl(String... arguments) {
        return plane().kubectl(arguments).expect(0).output().strip();
    }

    public Command.Result helm(String... arguments) {
        return plane().run("helm", arguments);
    }

    public void apply(String manifest) {
        try {
            Path file = Files.createTempFile(folder, "manifest", ".yaml");
            Files.writeString(file, manifest);
            kubectl("apply", "-f", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the API server, as a node that dies does; {@link #startApi()} brings it back. */
    public void killApi() {
        plane().killApi();
    }

    public void startApi() throws IOException {
        plane().startApi();
    }

    /** A folder for what one test needs beside the cluster. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (plane != null) {
            plane.close();
            plane = null;
        }
    }

    private static String node(String name) {
        return """
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  labels: {kubernetes.io/hostname: %1$s, kubernetes.io/os: linux}
                  annotations: {kwok.x-k8s.io/node: fake, node.alpha.kubernetes.io/ttl: "0"}
                status:
                  allocatable: {cpu: "32", memory: 256Gi, pods: "110"}
                  capacity: {cpu: "32", memory: 256Gi, pods: "110"}
                """.formatted(name);
    }

    /** As much as is needed of what Argo CD documents of its Application. */
    private static final String ARGO_CD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: applications.argoproj.io}
            spec:
              group: argoproj.io
              names: {kind: Application, listKind: ApplicationList, plural: applications, singular: application}
              scope: Namespaced
              versions:
                - name: v1alpha1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;
}
