package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The artifact routes: what arrived is kept, and checked once it is complete. */
public final class ArtifactsDouble {
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final AtomicInteger patches = new AtomicInteger();
    private volatile int breakAfterBytes = -1;

    public byte[] stored(String digest) {
        return stored.getOrDefault(digest, new byte[0]);
    }

    /** As if somebody had sent this before. */
    public void has(String digest, byte[] bytes) {
        stored.put(digest, bytes);
    }

    /** The next piece is cut off by a lost connection, after so many of its bytes arrived. */
    public void breakNextPieceAfter(int bytes) {
        breakAfterBytes = bytes;
    }

    public int patches() {
        return patches.get();
    }

    void handle(HttpExchange exchange) throws IOException {
        String digest = exchange.getRequestURI().getPath().substring("/api/artifacts/".length());
        if (exchange.getRequestMethod().equals("HEAD")) {
            byte[] bytes = stored.get(digest);
            if (bytes != null) {
                exchange.getResponseHeaders().set("Upload-Offset", String.valueOf(bytes.length));
            }
            exchange.sendResponseHeaders(bytes == null ? 404 : 200, -1);
            return;
        }
        patches.incrementAndGet();
        append(exchange, digest);
    }

    private void append(HttpExchange exchange, String digest) throws IOException {
        byte[] before = stored(digest);
        long offset = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset"));
        long length = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Length"));
        if (offset != before.length) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 409, before.length, "");
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(before);
        if (breakAfterBytes >= 0) {
            all.write(exchange.getRequestBody().readNBytes(breakAfterBytes));
            breakAfterBytes = -1;
            stored.put(digest, all.toByteArray());
            return;
        }
        exchange.getRequestBody().transferTo(all);
        stored.put(digest, all.toByteArray());
        if (all.size() == length && !digest(all.toByteArray()).equals(digest)) {
            stored.remove(digest);
            answer(
                    exchange,
                    422,
                    0,
                    "{\"type\":\"urn:slipway:problem:digest-mismatch\",\"detail\":\"It has another digest.\"}");
            return;
        }
        answer(exchange, 204, all.size(), "");
    }

    private static void answer(HttpExchange exchange, int status, long offset, String body) throws IOException {
        exchange.getResponseHeaders().set("Upload-Offset", String.valueOf(offset));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
