package dev.slipway.store.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

class EventNotificationsTest {
    private static final JdbcConnectionDetails DATABASE = new Database(TestDatabase.create());
    private static final DeploymentId DEPLOYMENT = new DeploymentId("followed");
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Again and again, because a listener that loses a race at its start is deaf for ever. */
    @RepeatedTest(30)
    void wakesWhoeverFollowsTheDeploymentThatIsNotified() throws Exception {
        EventNotifications notifications = new EventNotifications(DATABASE);
        // Before it listens: whoever comes later is told of nothing but events.
        Bell bell = notifications.subscribe(DEPLOYMENT);
        notifications.start();
        try {
            assertThat(bell.await(SOON)).as("told once that it listens").isTrue();

            tell();

            assertThat(bell.await(SOON)).as("told of the event").isTrue();
        } finally {
            notifications.stop();
        }
    }

    private static void tell() throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE.getJdbcUrl(), DATABASE.getUsername(), null);
                Statement statement = connection.createStatement()) {
            statement.execute("notify " + TimelineStore.CHANNEL + ", '" + DEPLOYMENT + "'");
        }
    }

    private record Database(String url) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public String getUsername() {
            return "postgres";
        }

        @Override
        public String getPassword() {
            return "";
        }
    }
}
