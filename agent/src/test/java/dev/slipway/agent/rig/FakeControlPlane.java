package dev.slipway.agent.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.agent.connection.AgentSettings;
import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as agents know it, over real HTTP, and as unreliable as it is told to be. */
public final class FakeControlPlane implements AutoCloseable {
    public static final String TOKEN = "agent-token-of-the-test";
    public static final String PAYLOAD_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static final JsonMapper JSON = new JsonMapper();

    /** The text of every log line, in the order of arrival. */
    public final List<String> lines = new CopyOnWriteArrayList<>();

    public final List<String> sources = new CopyOnWriteArrayList<>();
    public final List<String> presences = new CopyOnWriteArrayList<>();

    /** How often a specification was asked for. */
    public final AtomicInteger specificationRequests = new AtomicInteger();

    /** The {@code Range} of each request for an archive; empty where it had none. */
    public final List<String> ranges = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
    private final Map<String, byte[]> specifications = new ConcurrentHashMap<>();
    private volatile int specificationStatus = 200;
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile Duration pause = Duration.ZERO;
    private volatile int logStatus = 204;

    public FakeControlPlane() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/artifacts/", this::sendArchive);
        server.createContext("/api/deployments/", this::takeLines);
        server.createContext("/api/nodes/", this::serveNode);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public AgentSettings settings() {
        return new AgentSettings("127.0.0.1:1", "default", PayloadKey.ofBase64(PAYLOAD_KEY), url(), TOKEN);
    }

    public ControlPlane client() {
        return new ControlPlane(this::settings);
    }

    public Artifact.Archive publish(TestArchive archive) {
        return publish(archive.bytes());
    }

    public Artifact.Archive publish(byte[] content) {
        Artifact.Archive artifact = new Artifact.Archive(TestArchive.digestOf(content), content.length);
        archives.put(artifact.digest().value(), content);
        return artifact;
    }

    /** Answers requests for {@code artifact} with other bytes. */
    public void falsify(Artifact.Archive artifact, byte[] content) {
        archives.put(artifact.digest().value(), content);
    }

    public void forget(Artifact.Archive artifact) {
        archives.remove(artifact.digest().value());
    }

    /** Cuts every download after so many bytes. */
    public void breakAfter(int bytes) {
        breakAfter = bytes;
    }

    /** Waits so long between two bytes. */
    public void drip(Duration between) {
        pause = between;
    }

    /** Plans {@code target} as part of {@code deployment}, and refers to it as steps do. */
    public TargetReference plan(String deployment, Target target) {
        byte[] specification = Payloads.json().writeValueAsBytes(target);
        specifications.put(path(deployment, target), specification);
        return TargetReference.of(target, Digest.of(specification));
    }

    /** Answers requests for the specification of {@code target} with other bytes. */
    public void falsify(String deployment, Target target, byte[] content) {
        specifications.put(path(deployment, target), content);
    }

    public void answerSpecificationsWith(int status) {
        specificationStatus = status;
    }

    private static String path(String deployment, Target target) {
        return "/api/nodes/" + target.node() + "/deployments/" + deployment + "/tasks/" + target.name();
    }

    private void serveNode(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            presences.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 204);
        } else {
            sendSpecification(exchange);
        }
    }

    private void sendSpecification(HttpExchange exchange) throws IOException {
        specificationRequests.incrementAndGet();
        byte[] content = specifications.get(exchange.getRequestURI().getPath());
        if (specificationStatus != 200 || content == null) {
            answer(exchange, specificationStatus == 200 ? 404 : specificationStatus);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        }
    }

    public void answerLogsWith(int status) {
        logStatus = status;
    }

    private void sendArchive(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(Objects.requireNonNullElse(range, ""));
        byte[] content = archives.get(exchange.getRequestURI().getPath().substring("/api/artifacts/".length()));
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401);
        } else if (content == null) {
            answer(exchange, 404);
        } else {
            send(exchange, content, Optional.ofNullable(range));
        }
    }

    private void send(HttpExchange exchange, byte[] content, Optional<String> range) throws IOException {
        int from = range.map(text -> Integer.parseInt(text.substring("bytes=".length(), text.length() - 1)))
                .orElse(0);
        if (from >= content.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + content.length);
            answer(exchange, 416);
            return;
        }
        exchange.sendResponseHeaders(range.isPresent() ? 206 : 200, content.length - from);
        int to = (int) Math.min(content.length, (long) from + breakAfter);
        OutputStream body = exchange.getResponseBody();
        for (int at = from; at < to; at++) {
            body.write(content[at]);
            if (!pause.isZero()) {
                body.flush();
                rest();
            }
        }
        body.flush();
        // Closing too early is how this server breaks a connection.
        exchange.close();
    }

    private void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeLines(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        if (logStatus == 204) {
            sources.add(body.get("source").asString());
            body.get("lines").forEach(line -> lines.add(line.get("text").asString()));
        }
        answer(exchange, logStatus);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
