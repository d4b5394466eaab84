package dev.slipway.server.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Short questions to processes on this machine. An old client, because it loads a tenth of the new one's classes. */
final class Http {
    static final int OK = 200;
    static final int NONE = -1;
    private static final int TIMEOUT_MILLIS = 2_000;

    /** An answer; the status is {@code -1} when there is none. */
    record Answer(int status, String body) {}

    private Http() {}

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int status(String url, String token) {
        return get(url, token).status();
    }

    static Answer get(String url, String token) {
        return ask("GET", url, token);
    }

    static void post(String url) {
        ask("POST", url, "");
    }

    private static Answer ask(String method, String url, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (!token.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + token);
            }
            int status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return new Answer(NONE, "");
        }
    }
}
