package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to the API. {@link HttpURLConnection} on purpose: {@code java.net.http} starts an executor and a selector, and
 * takes a tenth of a second more before the first byte.
 */
public final class ApiClient {
    static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;

    private final Connection connection;

    public ApiClient(Connection connection) {
        this.connection = connection;
    }

    /** A client of the API that this run is about. */
    public static ApiClient of(Invocation invocation) {
        return new ApiClient(new ConnectionFinder(invocation).find());
    }

    /** A part of a path, whatever is in it. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Connection connection() {
        return connection;
    }

    public JsonNode get(String path) {
        return send(Call.get(path));
    }

    /** Sends the call, again where that is safe and may help, and fails with what the server says is wrong. */
    public JsonNode send(Call call) {
        return send(call, Retries.of(connection));
    }

    /** As {@link #send(Call)}, with a patience of one's own. */
    public JsonNode send(Call call, Retries retries) {
        while (true) {
            try {
                Answer answer = exchange(call);
                if (answer.isSuccess()) {
                    return parsed(answer);
                }
                if (!answer.isLater() || !call.repeatable() || !retries.pauseAsAsked(answer.retryAfter())) {
                    throw Problem.of(answer.status(), answer.body());
                }
            } catch (IOException e) {
                // A refused connection has carried nothing, so that any call may be sent again.
                boolean safe = call.repeatable() || e instanceof ConnectException;
                if (!safe || !retries.pauseAfter(e)) {
                    throw Unreachable.because(connection, e);
                }
            }
        }
    }

    private JsonNode parsed(Answer answer) {
        try {
            return answer.body().isBlank() ? Json.object() : Json.parse(answer.body());
        } catch (JacksonException e) {
            throw CommandException.failed(
                    connection.url() + " is not a Slipway server",
                    "check SLIPWAY_URL, or select the stack with --data DIR");
        }
    }

    private Answer exchange(Call call) throws IOException {
        HttpURLConnection http = open(connection, call.path(), READ_MILLIS);
        http.setRequestMethod(call.method());
        call.headers().forEach(http::setRequestProperty);
        byte[] body = call.body();
        if (body != null) {
            http.setDoOutput(true);
            try (OutputStream out = http.getOutputStream()) {
                out.write(body);
            }
        }
        int status = http.getResponseCode();
        return new Answer(status, http.getHeaderField("Retry-After"), body(http, status));
    }

    static HttpURLConnection open(Connection connection, String path, int readMillis) throws IOException {
        HttpURLConnection http =
                (HttpURLConnection) URI.create(connection.url() + path).toURL().openConnection();
        http.setConnectTimeout(CONNECT_MILLIS);
        http.setReadTimeout(readMillis);
        http.setUseCaches(false);
        // The token would travel along.
        http.setInstanceFollowRedirects(false);
        headers(connection).forEach(http::setRequestProperty);
        return http;
    }

    /** What every request carries. */
    public static Map<String, String> headers(Connection connection) {
        return connection.token() == null ? Map.of() : Map.of("Authorization", "Bearer " + connection.token());
    }

    static String body(HttpURLConnection http, int status) throws IOException {
        try (InputStream in = status >= 400 ? http.getErrorStream() : http.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
