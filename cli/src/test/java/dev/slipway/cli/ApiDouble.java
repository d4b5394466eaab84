package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.document.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the REST contract over real HTTP, and misbehaves when a test asks it to. */
public final class ApiDouble implements AutoCloseable {
    public static final String TOKEN = "token-of-the-double";

    // The proof of a job is in what it sends.
    private static final Set<String> OPEN = Set.of("/actuator/health", "/api/deploy");
    private static final String DEPLOYMENTS = "/api/deployments/";

    /** A request as it arrived. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Received(String method, String path, Map<String, List<String>> headers, byte[] bytes) {
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        public JsonNode json() {
            return Json.parse(body());
        }
    }

    /** An answer that a test prepared. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        public static Answer problem(int status, String type, String detail, @Nullable String field) {
            ObjectNode problem = Json.object();
            problem.put("type", "urn:slipway:problem:" + type)
                    .put("title", type)
                    .put("status", status);
            problem.put("detail", detail);
            if (field != null) {
                problem.put("field", field);
            }
            return new Answer(status, Map.of("Content-Type", "application/problem+json"), Json.compact(problem));
        }
    }

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, DeploymentDouble> deployments = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> prepared = new ConcurrentHashMap<>();
    private final Deque<Integer> drops = new ConcurrentLinkedDeque<>();
    private final ArtifactsDouble artifacts = new ArtifactsDouble();
    private HttpServer server;

    public ApiDouble() {
        server = listen(0);
        tokens.add(TOKEN);
    }

    private HttpServer listen(int port) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            fresh.setExecutor(executor);
            fresh.createContext("/", this::handle);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Ends as a killed server does: connections break, and nobody answers. */
    public int stop() {
        int port = server.getAddress().getPort();
        server.stop(0);
        return port;
    }

    public void startAgain(int port) {
        server = listen(port);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** This one opens it too. */
    public ApiDouble accept(String token) {
        tokens.add(token);
        return this;
    }

    /** This one opens it no longer. */
    public void forget(String token) {
        tokens.remove(token);
    }

    public ArtifactsDouble artifacts() {
        return artifacts;
    }

    public DeploymentDouble add(DeploymentDouble deployment) {
        deployments.put(deployment.id(), deployment);
        return deployment;
    }

    /** {@code POST /api/deployments} answers with this one from now on. */
    public DeploymentDouble addAsNext(DeploymentDouble deployment) {
        answer("POST /api/deployments", Answer.of(202, Json.compact(deployment.document())));
        return add(deployment);
    }

    /** The next request of this method and path gets this answer; the last one prepared goes on for good. */
    public void answer(String methodAndPath, Answer answer) {
        prepared.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).add(answer);
    }

    /** The next stream of events breaks after so many of them. */
    public void dropStreamAfter(int events) {
        drops.add(events);
    }

    public List<Received> received(String methodAndPath) {
        return received.stream()
                .filter(request -> (request.method() + " " + request.path()).equals(methodAndPath))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            if (path.startsWith("/api/artifacts/")) {
                artifacts.handle(exchange);
                return;
            }
            received.add(new Received(
                    exchange.getRequestMethod(),
                    path,
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            if (!OPEN.contains(exchange.getRequestURI().getPath()) && !authorised(exchange)) {
                send(exchange, Answer.problem(401, "unauthenticated", "Unknown token.", null));
            } else if (path.endsWith("/events")) {
                stream(
                        exchange,
                        deployment(path.substring(DEPLOYMENTS.length(), path.lastIndexOf('/')))
                                .orElseThrow());
            } else {
                send(exchange, answerTo(exchange.getRequestMethod() + " " + path));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean authorised(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization != null && tokens.contains(authorization.replaceFirst("^Bearer ", ""));
    }

    private Answer answerTo(String request) {
        Deque<Answer> answers = prepared.get(request);
        if (answers != null) {
            synchronized (answers) {
                return answers.size() > 1 ? answers.remove() : answers.getFirst();
            }
        }
        if (request.equals("GET /actuator/health")) {
            return Answer.of(200, "{\"status\":\"UP\"}");
        }
        return Optional.of(request)
                .filter(text -> text.startsWith("GET " + DEPLOYMENTS))
                .map(text -> text.substring("GET ".length() + DEPLOYMENTS.length()))
                .flatMap(this::deployment)
                .map(found -> Answer.of(200, Json.compact(found.document())))
                .orElseGet(() -> Answer.problem(404, "unknown-deployment", "Nothing is at " + request + ".", null));
    }

    private Optional<DeploymentDouble> deployment(String prefix) {
        return deployments.values().stream()
                .filter(deployment -> deployment.id().startsWith(prefix))
                .findFirst();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        // Status 0: the connection breaks instead.
        if (answer.status() == 0) {
            exchange.getResponseBody().close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void stream(HttpExchange exchange, DeploymentDouble deployment) throws IOException, InterruptedException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        int sequence = last == null ? 0 : Integer.parseInt(last);
        Integer drop = drops.poll();
        int left = drop == null ? Integer.MAX_VALUE : drop;
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        while (left > 0) {
            ObjectNode event = deployment.eventAfter(sequence);
            if (event == null) {
                write(out, ": heartbeat\n\n");
                continue;
            }
            sequence++;
            left--;
            String type = event.get("type").asString();
            write(out, "id: " + sequence + "\nevent: " + type + "\ndata: " + Json.compact(event) + "\n\n");
            if (type.equals("end")) {
                return;
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
