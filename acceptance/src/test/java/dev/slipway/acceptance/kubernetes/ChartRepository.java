package dev.slipway.acceptance.kubernetes;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.slipway.acceptance.stack.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Git repository that is served by HTTP and holds one chart, at charts/shop: a Deployment, and whatever is added. */
public final class ChartRepository implements AutoCloseable {
    private final Path folder;
    private final Path work;
    private final HttpServer server;
    private String readyDelay = "0s";

    private ChartRepository(Path folder, HttpServer server) {
        this.folder = folder;
        this.work = folder.resolve("work");
        this.server = server;
    }

    static ChartRepository start(Path folder) throws IOException {
        Files.createDirectories(folder);
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, SimpleFileServer.OutputLevel.NONE);
        ChartRepository repository = new ChartRepository(folder, server);
        git(folder, "init", "-q", "--bare", "-b", "main", "iac.git");
        git(folder, "clone", "-q", "iac.git", "work");
        server.start();
        return repository;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/iac.git";
    }

    /** The folder of the chart, for Helm itself. */
    public Path chart() {
        return work.resolve("charts/shop");
    }

    /** How long pods take in charts that are pushed from now on. */
    public ChartRepository readyAfter(String delay) {
        readyDelay = delay;
        return this;
    }

    /** Commits and pushes the chart; {@code more} are manifests beside its Deployment. The commit. */
    public String push(String version, String image, String... more) throws IOException {
        Path templates = Files.createDirectories(chart().resolve("templates"));
        Files.writeString(
                chart().resolve("Chart.yaml"),
                "apiVersion: v2\nname: shop\nversion: " + version + "\nappVersion: \"" + version + "\"\n");
        Files.writeString(
                chart().resolve("values.yaml"), "image: " + image + "\nreplicas: 2\nreadyDelay: " + readyDelay + "\n");
        Files.writeString(templates.resolve("deployment.yaml"), DEPLOYMENT);
        Files.writeString(templates.resolve("more.yaml"), String.join("\n---\n", more));
        return push("shop " + version);
    }

    /** Commits and pushes a file, whatever it is. The commit. */
    String pushFile(String path, String content) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return push(path);
    }

    private String push(String message) {
        git(work, "add", "-A");
        git(work, "commit", "-q", "-m", message);
        git(work, "push", "-q", "origin", "HEAD:main");
        // What the plain protocol over files reads.
        git(folder.resolve("iac.git"), "update-server-info");
        return git(work, "rev-parse", "HEAD");
    }

    static String git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/git",
                "-c",
                "user.name=Tests",
                "-c",
                "user.email=tests@localhost",
                "-c",
                "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString());
        return Command.runAlone(folder, environment, command.toArray(String[]::new))
                .expect(0)
                .output()
                .strip();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{ .Release.Name }}}
            spec:
              replicas: {{ .Values.replicas }}
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: {{ .Release.Name }}}}
              template:
                metadata:
                  labels: {app: {{ .Release.Name }}}
                  annotations: {test/ready-delay: {{ .Values.readyDelay | quote }}}
                spec:
                  containers: [{name: app, image: {{ .Values.image | quote }}}]
            """;
}
