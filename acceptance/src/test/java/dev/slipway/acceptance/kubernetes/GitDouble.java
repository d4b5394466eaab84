package dev.slipway.acceptance.kubernetes;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.stack.Command;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * What the source-controller does with a GitRepository: fetches it by its interval, or when it is asked to, and serves what
 * it has fetched as a tarball.
 */
final class GitDouble implements AutoCloseable {
    private static final String REQUESTED = "reconcile.fluxcd.io/requestedAt";

    private final KubernetesClient client;
    private final Path folder;
    private final HttpServer server;
    private final Map<String, Instant> fetched = new HashMap<>();

    private GitDouble(KubernetesClient client, Path folder, HttpServer server) {
        this.client = client;
        this.folder = folder;
        this.server = server;
    }

    static GitDouble start(KubernetesClient client, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, SimpleFileServer.OutputLevel.NONE);
        server.start();
        return new GitDouble(client, folder, server);
    }

    /** Where the artifact of {@code repository} lies. */
    Path checkout(GenericKubernetesResource repository) {
        String revision = FluxDouble.text(repository, "status", "artifact", "revision");
        return folder.resolve(revision.substring(revision.indexOf(':') + 1));
    }

    void reconcile(GenericKubernetesResource repository) throws IOException {
        String name = repository.getMetadata().getName();
        Duration interval = Duration.parse("PT" + FluxDouble.text(repository, "spec", "interval"));
        String requested = repository.getMetadata().getAnnotations() == null
                ? ""
                : repository.getMetadata().getAnnotations().getOrDefault(REQUESTED, "");
        boolean asked = !requested.equals(FluxDouble.text(repository, "status", "lastHandledReconcileAt"));
        if (!asked
                && Instant.now()
                        .isBefore(fetched.getOrDefault(name, Instant.MIN).plus(interval))) {
            return;
        }
        fetched.put(name, Instant.now());
        FluxStatus status = new FluxStatus(client, FluxStatus.GIT_REPOSITORY, repository);
        if (!requested.isEmpty()) {
            status.put("lastHandledReconcileAt", requested);
        }
        fetch(repository, status);
        status.write();
    }

    private void fetch(GenericKubernetesResource repository, FluxStatus status) throws IOException {
        String url = FluxDouble.text(repository, "spec", "url");
        String branch = FluxDouble.text(repository, "spec", "ref", "branch");
        Path fresh = Files.createTempDirectory(folder, "fetch");
        Command.Result result =
                git(folder, "clone", "-q", "--branch", branch, "--single-branch", url, fresh.toString());
        if (result.exitCode() != 0) {
            String message = "failed to checkout and determine revision: "
                    + result.errors().strip();
            status.condition("FetchFailed", "True", "GitOperationFailed", message)
                    .condition("Ready", "False", "GitOperationFailed", message);
            return;
        }
        String commit = git(fresh, "rev-parse", "HEAD").expect(0).output().strip();
        String revision = branch + "@sha1:" + commit;
        Path artifact = folder.resolve(commit);
        if (!Files.exists(artifact)) {
            Files.move(fresh, artifact);
        }
        String message = "stored artifact for revision '" + revision + "'";
        status.without("FetchFailed")
                .condition("ArtifactInStorage", "True", "Succeeded", message)
                .condition("Ready", "True", "Succeeded", message);
        if (!FluxDouble.text(repository, "status", "artifact", "revision").equals(revision)) {
            status.put("artifact", artifact(artifact, revision));
        }
    }

    private Map<String, Object> artifact(Path checkout, String revision) throws IOException {
        Path tarball = folder.resolve(checkout.getFileName() + ".tar.gz");
        Command.runAlone(
                        checkout,
                        Map.of("PATH", "/usr/bin:/bin"),
                        "/bin/tar",
                        "--exclude=.git",
                        "-czf",
                        tarball.toString(),
                        ".")
                .expect(0);
        return Map.of(
                "digest",
                Archive.digest(Files.readAllBytes(tarball)).toString(),
                "lastUpdateTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "path",
                "gitrepository/" + tarball.getFileName(),
                "revision",
                revision,
                "size",
                Files.size(tarball),
                "url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/" + tarball.getFileName());
    }

    private static Command.Result git(Path folder, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/bin/git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.runAlone(
                folder,
                Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString(), "GIT_TERMINAL_PROMPT", "0"),
                command);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
