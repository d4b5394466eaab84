package dev.slipway.acceptance.kubernetes;

import dev.slipway.acceptance.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Flux's own kustomize-controller, for one namespace. What it applies comes from a {@link FluxDouble} beside it. */
public final class KustomizeController implements AutoCloseable {
    private final KubernetesCluster cluster;
    private final String namespace;
    private final Process process;
    private final Thread emergency;

    private KustomizeController(KubernetesCluster cluster, String namespace, Process process) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.process = process;
        this.emergency = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(emergency);
    }

    public static KustomizeController start(KubernetesCluster cluster, String namespace) {
        try {
            Path folder = Files.createDirectories(cluster.folder("kustomize-" + namespace));
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
            ProcessBuilder builder = new ProcessBuilder(
                            KubernetesPrograms.program("kustomize-controller").toString(),
                            "--watch-all-namespaces=false",
                            "--metrics-addr=127.0.0.1:" + Ports.free(),
                            "--health-addr=127.0.0.1:" + Ports.free(),
                            "--requeue-dependency=1s",
                            "--http-retry=1")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().clear();
            builder.environment()
                    .putAll(Map.of(
                            "KUBECONFIG", kubeconfig.toString(),
                            "RUNTIME_NAMESPACE", namespace,
                            "HOME", folder.toString(),
                            "TMPDIR", folder.toString()));
            return new KustomizeController(cluster, namespace, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GitRepository and a Kustomization, both named shop, for the manifests at {@code path} of the repository. */
    public static String manifest(String namespace, String url, String path, String... more) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: shop, namespace: %1$s}
                spec: {url: "%2$s", interval: 1s, ref: {branch: main}}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: shop, namespace: %1$s}
                spec:
                  interval: 1h
                  prune: true
                  path: %3$s
                  targetNamespace: %1$s
                  sourceRef: {kind: GitRepository, name: shop}
                  %4$s
                """.formatted(namespace, url, path, String.join("\n  ", more));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Runtime.getRuntime().removeShutdownHook(emergency);
        // Without its controller, no namespace with a Kustomization in it would ever go.
        cluster.kubectl(
                "patch",
                "kustomization",
                "shop",
                "-n",
                namespace,
                "--type=merge",
                "--patch={\"metadata\": {\"finalizers\": null}}");
    }
}
