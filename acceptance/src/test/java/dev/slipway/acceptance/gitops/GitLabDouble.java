package dev.slipway.acceptance.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A double of GitLab's job endpoint, which cannot be had here, written from its API documentation: GET /api/v4/job tells of
 * the job that the token in JOB-TOKEN was given to.
 */
final class GitLabDouble implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> jobs = new ConcurrentHashMap<>();

    private GitLabDouble(HttpServer server) {
        this.server = server;
    }

    static GitLabDouble start() throws IOException {
        GitLabDouble gitLab =
                new GitLabDouble(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        gitLab.server.createContext("/api/v4/job", gitLab::answer);
        gitLab.server.start();
        return gitLab;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The URL of the project that jobs are of. */
    String project(String path) {
        return url() + "/" + path;
    }

    /** From now on a job runs, which {@code token} was given to. */
    void run(String token, int id, String project, String branch) {
        jobs.put(token, """
                {"id": %d, "status": "running", "stage": "deploy", "name": "deploy", "ref": "%s", "tag": false,
                 "commit": {"id": "%s", "short_id": "0123abcd", "title": "Say hello"},
                 "user": {"id": 1, "username": "ada", "name": "Ada"},
                 "pipeline": {"id": 7, "project_id": 3, "ref": "%s", "status": "running"},
                 "web_url": "%s/-/jobs/%d"}
                """.formatted(id, branch, "0123abcd".repeat(5), branch, project(project), id));
    }

    void end(String token) {
        jobs.computeIfPresent(
                token, (_, job) -> job.replace("\"status\": \"running\", \"stage", "\"status\": \"success\", \"stage"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("JOB-TOKEN"), "");
        String job = jobs.get(token);
        byte[] body = (job == null ? "{\"message\": \"401 Unauthorized\"}" : job).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(job == null ? 401 : 200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
