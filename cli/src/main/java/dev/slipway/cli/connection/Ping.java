package dev.slipway.cli.connection;

import java.io.IOException;
import java.net.HttpURLConnection;

/** Asks whether an API is there, without a token and without patience. */
public final class Ping {
    private static final int PATIENCE_MILLIS = 2_000;

    private Ping() {}

    public static boolean answers(Connection connection) {
        try {
            HttpURLConnection http =
                    ApiClient.open(new Connection(connection.url(), null, null), "/actuator/health", PATIENCE_MILLIS);
            http.setConnectTimeout(PATIENCE_MILLIS);
            return http.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
