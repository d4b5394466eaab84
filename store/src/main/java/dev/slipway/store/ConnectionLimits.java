package dev.slipway.store;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * How long a connection to PostgreSQL may keep anybody waiting. A firewall that forgets a connection tells neither side, and
 * each of them would wait for hours: the client for its answer, the server with the locks of a transaction that nobody
 * continues. These are defaults; what the JDBC URL, the role or the server's configuration sets takes precedence.
 *
 * <p>A local activity has 10 s for a transaction: 4 s to get a connection (application.yml) and one statement that is never
 * answered fit in, so that it fails with its cause instead of by its timeout.
 */
public final class ConnectionLimits {
    /** How long to wait for one answer. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** Below {@link #ANSWER}, so that the server says what was too slow before the client hangs up. */
    static final Duration STATEMENT = Duration.ofSeconds(4);

    private static final Duration LOCK = Duration.ofSeconds(3);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration IDLE_TRANSACTION = Duration.ofSeconds(10);

    /** Sets what is still PostgreSQL's own default. Not by the startup option {@code options}, which poolers refuse. */
    public static final String SESSION =
            """
            select set_config(name, value, false)
            from pg_settings join (values
                ('statement_timeout', '%d'),
                ('lock_timeout', '%d'),
                ('idle_in_transaction_session_timeout', '%d'),
                ('client_connection_check_interval', '2s'),
                ('tcp_user_timeout', '10s'),
                ('tcp_keepalives_idle', '10s'),
                ('tcp_keepalives_interval', '5s'),
                ('tcp_keepalives_count', '3')) wanted (name, value) using (name)
            where source = 'default'""".formatted(STATEMENT.toMillis(), LOCK.toMillis(), IDLE_TRANSACTION.toMillis());

    private ConnectionLimits() {}

    /** The driver's properties; what the JDBC URL says takes precedence. */
    public static Properties ofDriver() {
        Properties properties = ofConnecting();
        properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        properties.setProperty("socketFactory", BoundedWrites.class.getName());
        return properties;
    }

    /** Those of {@link #ofDriver()} that do not limit how long a statement may take. */
    static Properties ofConnecting() {
        Properties properties = new Properties();
        properties.putAll(Map.of("connectTimeout", Long.toString(CONNECT.toSeconds()), "tcpKeepAlive", "true"));
        return properties;
    }
}
