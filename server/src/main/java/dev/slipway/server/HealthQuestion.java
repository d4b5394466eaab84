package dev.slipway.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/** Asks the server on this machine whether it is ready; images of containers have no other program that could. */
public final class HealthQuestion {
    private static final int OK = 200;
    private static final int TIMEOUT_MILLIS = 4_000;

    private HealthQuestion() {}

    /** Exits with 0 when it is. */
    public static void main(String[] args) {
        String port = Optional.ofNullable(System.getenv("SERVER_PORT")).orElse("8400");
        System.exit(isReady("http://127.0.0.1:" + port + "/actuator/health/readiness") ? 0 : 1);
    }

    static boolean isReady(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
