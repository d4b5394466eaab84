package dev.slipway.server.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the demo deploys: says which target it is and which version it runs. It is a program of its own, whose archive
 * holds this class and nothing else of Slipway.
 */
public final class SampleService {
    private static final int OK = 200;
    private static final int OUT_OF_ORDER = 500;

    private SampleService() {}

    /** Serves on loopback, on the port {@code args[0]}, as the target {@code args[1]}. */
    public static void main(String[] args) throws IOException {
        String version = Files.readString(Path.of("version")).strip();
        boolean broken = Files.exists(Path.of("broken"));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            String sentence = args[1] + (broken ? " is failing with " : " runs ") + version + "\n";
            answer(exchange, broken ? OUT_OF_ORDER : OK, sentence);
        });
        server.createContext("/stop", exchange -> {
            boolean asked = exchange.getRequestMethod().equals("POST");
            answer(exchange, OK, asked ? "stopping\n" : "POST to stop\n");
            if (asked) {
                System.exit(0);
            }
        });
        server.start();
        System.out.println(args[1] + " serves " + version + " on port " + args[0]);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
