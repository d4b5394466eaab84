package dev.slipway.acceptance.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of a cluster: the real ones, but for the nodes, which kwok simulates. */
final class ControlPlane implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final Pki pki;
    private final int api = Ports.free();
    private final int etcd = Ports.free();
    private final int kubelet = Ports.free();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Thread emergency = new Thread(() -> processes.values().forEach(Process::destroyForcibly));

    private ControlPlane(Path folder, Pki pki) {
        this.folder = folder;
        this.pki = pki;
        Runtime.getRuntime().addShutdownHook(emergency);
    }

    static ControlPlane start(Path folder) throws IOException {
        ControlPlane plane = new ControlPlane(folder, Pki.make(folder.resolve("pki")));
        Files.writeString(plane.kubeconfig(), plane.kubeconfigText());
        try {
            plane.startEtcd();
            plane.startApi();
            plane.startControllers();
        } catch (IOException | RuntimeException | AssertionError e) {
            plane.close();
            throw e;
        }
        return plane;
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    private String kubeconfigText() throws IOException {
        return kubeconfig("client-certificate-data: " + pki.base64("admin.crt") + ", client-key-data: "
                + pki.base64("admin.key"));
    }

    /** One for whoever {@code user} says, in YAML. */
    String kubeconfig(String user) throws IOException {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: test, user: {%s}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """.formatted(api, pki.base64("ca.crt"), user);
    }

    private void startEtcd() throws IOException {
        String address = "http://127.0.0.1:" + etcd;
        String peer = "http://127.0.0.1:" + Ports.free();
        start(
                "etcd",
                "--name",
                "test",
                "--data-dir",
                folder.resolve("etcd").toString(),
                "--unsafe-no-fsync",
                "--listen-client-urls",
                address,
                "--advertise-client-urls",
                address,
                "--listen-peer-urls",
                peer,
                "--initial-advertise-peer-urls",
                peer,
                "--initial-cluster",
                "test=" + peer);
    }

    /** Starts the API server, or starts it again on the same port. */
    void startApi() throws IOException {
        start(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + api,
                "--tls-cert-file=" + pki.file("server.crt"),
                "--tls-private-key-file=" + pki.file("server.key"),
                "--client-ca-file=" + pki.file("ca.crt"),
                "--authorization-mode=RBAC",
                "--kubelet-certificate-authority=" + pki.file("ca.crt"),
                "--kubelet-preferred-address-types=InternalIP",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + pki.file("accounts.key"),
                "--service-account-key-file=" + pki.file("accounts.key"));
        await("the API server")
                .atMost(START)
                .until(() -> kubectl("get", "--raw=/readyz").exitCode() == 0);
    }

    void killApi() {
        kill("kube-apiserver");
    }

    private void startControllers() throws IOException {
        start(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig(),
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + Ports.free(),
                "--root-ca-file=" + pki.file("ca.crt"),
                // Simulated nodes beat too seldom on a busy machine, and pods of silent nodes count as not ready.
                "--node-monitor-grace-period=1h",
                "--service-account-private-key-file=" + pki.file("accounts.key"));
        start(
                "kube-scheduler",
                "--kubeconfig=" + kubeconfig(),
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + Ports.free());
        // As kwok is told in its configuration: the log of every container, in the format of the CRI.
        Files.write(
                folder.resolve("last-words"),
                KubernetesCluster.LAST_WORDS
                        .lines()
                        .map(line -> "2026-01-01T00:00:00Z stderr F " + line)
                        .toList());
        start(
                "kwok",
                "--kubeconfig=" + kubeconfig(),
                "--config=" + KubernetesPrograms.stages(),
                "--manage-all-nodes=true",
                "--server-address=127.0.0.1:" + kubelet,
                "--node-port=" + kubelet,
                "--tls-cert-file=" + pki.file("server.crt"),
                "--tls-private-key-file=" + pki.file("server.key"),
                "--cidr=10.64.0.0/16",
                "--node-ip=127.0.0.1");
    }

    private void start(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(KubernetesPrograms.program(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(program + ".log").toFile()));
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        processes.put(program, builder.start());
    }

    private void kill(String program) {
        Process process = processes.remove(program);
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    Command.Result kubectl(String... arguments) {
        return run("kubectl", arguments);
    }

    /** Runs kubectl or helm against this cluster. */
    Command.Result run(String program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(KubernetesPrograms.program(program).toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("KUBECONFIG", kubeconfig().toString(), "HOME", folder.toString(), "PATH", "/usr/bin:/bin");
        return Command.runAlone(folder, environment, command.toArray(String[]::new));
    }

    @Override
    public void close() {
        List.copyOf(processes.keySet()).reversed().forEach(this::kill);
        Runtime.getRuntime().removeShutdownHook(emergency);
    }
}
