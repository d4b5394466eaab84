package dev.slipway.agent.connection;

import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API, as an agent uses it: archives, logs, presence. */
public final class ControlPlane {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Supplier<AgentSettings> source;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile @Nullable AgentSettings settings;

    public ControlPlane(Supplier<AgentSettings> source) {
        this.source = source;
    }

    /** The archive from byte {@code offset} on; the caller closes the body, whatever the status is. */
    public HttpResponse<InputStream> archive(Digest digest, long offset) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/artifacts/" + digest).GET();
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        return send(request, BodyHandlers.ofInputStream());
    }

    /** What {@code target} of {@code node} declared when the deployment was accepted, as it is stored. */
    public HttpResponse<byte[]> specification(String node, String deployment, String target)
            throws IOException, InterruptedException {
        return send(
                request("/api/nodes/" + node + "/deployments/" + deployment + "/tasks/" + target)
                        .GET(),
                BodyHandlers.ofByteArray());
    }

    /** Adds lines to the log of a task; the status of the answer. */
    public int addLogs(String deployment, String target, String json) throws IOException, InterruptedException {
        return send(
                        request("/api/deployments/" + deployment + "/tasks/" + target + "/logs")
                                .POST(BodyPublishers.ofString(json)),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** Says that this node is there; the status of the answer. */
    public int present(String node, String json) throws IOException, InterruptedException {
        return send(request("/api/nodes/" + node).PUT(BodyPublishers.ofString(json)), BodyHandlers.discarding())
                .statusCode();
    }

    /** What stands between the token and a log line. */
    public String token() {
        return current().token();
    }

    private HttpRequest.Builder request(String path) {
        AgentSettings now = current();
        return HttpRequest.newBuilder(URI.create(now.url() + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + now.token())
                .header("Content-Type", "application/json");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            HttpResponse<T> response = http.send(request.build(), handler);
            if (response.statusCode() == 401) {
                settings = null;
            }
            return response;
        } catch (IOException e) {
            settings = null;
            throw e;
        }
    }

    private AgentSettings current() {
        AgentSettings now = settings;
        if (now == null) {
            now = source.get();
            settings = now;
        }
        return now;
    }
}
