package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.terminal.ScreenSize;
import dev.slipway.cli.terminal.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the usual commands once, against a stand-in for the API, while the JVM takes notes for its AOT cache: {@code java
 * -XX:AOTCacheOutput=slipway-cli.aot -cp ... dev.slipway.cli.Rehearsal}. What happens here starts fast later.
 */
public final class Rehearsal {
    private static final String DEPLOYMENT = "{\"id\":\"01rehearsal\",\"status\":\"completed\",\"phase\":\"SUCCEEDED\","
            + "\"waiting\":false,\"release\":\"web@v1\",\"environment\":\"staging\",\"reason\":\"Done.\","
            + "\"createdAt\":\"2026-01-01T00:00:00Z\",\"startedAt\":\"2026-01-01T00:00:00Z\","
            + "\"endedAt\":\"2026-01-01T00:00:01Z\",\"tasks\":[{\"target\":\"web-1\",\"node\":\"local\","
            + "\"component\":\"web\",\"status\":\"succeeded\",\"attempt\":1,\"maxAttempts\":3,\"digest\":\"\"}]}";
    private static final String LIST = "{\"items\":[" + DEPLOYMENT + "],\"next\":null}";
    private static final String EVENTS = "id: 1\nevent: task\ndata: {\"sequence\":1,\"at\":\"2026-01-01T00:00:00Z\","
            + "\"type\":\"task\",\"status\":\"succeeded\",\"target\":\"web-1\",\"attempt\":1,\"reason\":\"Done.\"}\n\n"
            + "id: 2\nevent: end\ndata: {\"sequence\":2,\"at\":\"2026-01-01T00:00:01Z\",\"type\":\"end\","
            + "\"status\":\"completed\",\"reason\":\"Done.\"}\n\n";

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        Path directory = Files.createTempDirectory("slipway-rehearsal");
        Path manifest = Files.writeString(directory.resolve("staging.yaml"), "kind: Environment\n");
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            for (boolean onScreen : new boolean[] {false, true}) {
                run(url, directory, onScreen, "status");
                run(url, directory, onScreen, "get", "deployments");
                run(url, directory, onScreen, "get", "deployments", "01re", "--json");
                run(url, directory, onScreen, "apply", "-f", manifest.toString());
                run(url, directory, onScreen, "deploy", "web@v1", "--to", "staging", "--batch", "1");
                run(url, directory, onScreen, "logs", "01rehearsal");
                run(url, directory, onScreen, "deploy");
                run(url, directory, onScreen, "help");
            }
        } finally {
            server.stop(0);
            Files.delete(manifest);
            Files.delete(directory);
        }
        System.exit(0);
    }

    private static void run(String url, Path directory, boolean onScreen, String... arguments) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Streams streams = new Streams(
                InputStream.nullInputStream(), nowhere, nowhere, onScreen, onScreen, () -> new ScreenSize(80, 24));
        Map<String, String> environment = Map.of("SLIPWAY_URL", url, "SLIPWAY_TOKEN", "none", "LANG", "C.UTF-8");
        SlipwayCli.run(new Surroundings(environment, directory, directory), streams, arguments);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = path.equals("/api/deployments")
                            && exchange.getRequestMethod().equals("GET")
                    ? LIST
                    : path.endsWith("/logs") ? "{\"items\":[],\"next\":null}" : DEPLOYMENT;
            byte[] bytes = (path.endsWith("/events") ? EVENTS : body).getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
