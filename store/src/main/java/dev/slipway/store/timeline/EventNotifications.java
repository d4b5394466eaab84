package dev.slipway.store.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.ConnectionLimits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes whoever follows a deployment when there is more to read. One connection of its own listens for the whole process.
 * A notification that is lost while it reconnects costs nothing: everybody is woken and reads again.
 */
public class EventNotifications implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventNotifications.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final JdbcConnectionDetails database;
    private final ConcurrentMap<String, Set<Bell>> bells = new ConcurrentHashMap<>();
    private volatile @Nullable Thread listener;

    /** Listens, once it is started, to {@code database}. */
    public EventNotifications(JdbcConnectionDetails database) {
        this.database = database;
    }

    /** A bell that rings from now on whenever the deployment has new events. */
    public Bell subscribe(DeploymentId deployment) {
        Bell bell = new Bell();
        bells.compute(deployment.value(), (_, present) -> {
            Set<Bell> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(bell);
            return all;
        });
        return bell;
    }

    public void unsubscribe(DeploymentId deployment, Bell bell) {
        bells.computeIfPresent(deployment.value(), (_, present) -> {
            present.remove(bell);
            return present.isEmpty() ? null : present;
        });
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("event-notifications").unstarted(this::listen);
        // Before it runs: a thread that finds itself unknown takes that for the end.
        listener = thread;
        thread.start();
    }

    private void listen() {
        while (isRunning()) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(ConnectionLimits.SESSION);
                statement.execute("listen " + TimelineStore.CHANNEL);
                ringAll();
                forward(connection, statement);
            } catch (SQLException e) {
                if (isRunning()) {
                    log.warn("The LISTEN connection for events was lost; reconnecting: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = ConnectionLimits.ofDriver();
        set(properties, "user", database.getUsername());
        set(properties, "password", database.getPassword());
        properties.setProperty("ApplicationName", "slipway events");
        return DriverManager.getConnection(database.getJdbcUrl(), properties);
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }

    private void forward(Connection connection, Statement statement) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        while (isRunning()) {
            PGNotification[] received = notifications.getNotifications((int) PATIENCE.toMillis());
            if (received == null || received.length == 0) {
                // Says whether the other side is still there, which silence does not. Where it is not, this fails by
                // the limit of the connection.
                statement.execute("select 1");
                continue;
            }
            for (PGNotification notification : received) {
                bells.getOrDefault(notification.getParameter(), Set.of()).forEach(Bell::ring);
            }
        }
    }

    private void ringAll() {
        bells.values().forEach(all -> all.forEach(Bell::ring));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread stopped = listener;
        listener = null;
        if (stopped != null) {
            stopped.interrupt();
        }
        ringAll();
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }
}
