package dev.slipway.activities.artifact;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A real registry, of the Debian package docker-registry, on a free port. */
final class DockerRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final String LOGIN = "reader:secret";
    // Of "secret", by bcrypt: the registry takes nothing else.
    private static final String PASSWORD_FILE = "reader:$2b$05$L7m.MLtLK.9bs3uZku2Wg.7hcFgoKxsAOMCExSmk9X5VhNeMaTTxe\n";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private DockerRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static DockerRegistry open(Path folder) throws IOException {
        return start(folder, "");
    }

    static DockerRegistry withLogin(Path folder) throws IOException {
        Path passwords = Files.writeString(folder.resolve("htpasswd"), PASSWORD_FILE);
        return start(folder, "auth:\n  htpasswd:\n    realm: test\n    path: " + passwords + "\n");
    }

    private static DockerRegistry start(Path folder, String auth) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + folder.resolve("data")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + auth);
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> accepts(port));
        return new DockerRegistry(process, port);
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    static String basicLogin() {
        return Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
    }

    /** Pushes an image that says {@code content} in its configuration, and returns the digest of its manifest. */
    Digest push(String path, String tag, String content) throws Exception {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + content + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Digest configDigest = digest(config);
        HttpResponse<Void> upload =
                send(request("/v2/" + path + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        String location = upload.headers().firstValue("Location").orElseThrow();
        send(request(location + "&digest=" + configDigest)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(config)));
        byte[] manifest =
                """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json",
                "size":%d,"digest":"%s"},"layers":[]}""".formatted(MANIFEST_TYPE, config.length, configDigest).getBytes(StandardCharsets.UTF_8);
        HttpResponse<Void> put = send(request("/v2/" + path + "/manifests/" + tag)
                .header("Content-Type", MANIFEST_TYPE)
                .PUT(BodyPublishers.ofByteArray(manifest)));
        if (put.statusCode() != 201) {
            throw new IllegalStateException("push answered " + put.statusCode());
        }
        return digest(manifest);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host() + "/").resolve(path))
                .header("Authorization", "Basic " + basicLogin());
    }

    private HttpResponse<Void> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.discarding());
    }

    static Digest digest(byte[] content) throws Exception {
        return Digest.ofSha256(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
