package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsDataWhenItIsKilled() throws Exception {
        DataDirectory data = DataDirectory.open(folder.resolve("data"));
        data.makeSecrets();
        int port = new Ports(CacheDirectory.ofEnvironment(), _ -> {}).choose("PostgreSQL", 21_432);
        Postgres postgres = new Postgres(data, CacheDirectory.ofEnvironment(), port);
        Watch watch = new Watch(postgres, data, () -> {}, _ -> {});
        watch.start();
        try {
            awaitReady(watch, postgres);
            try (Connection connection = connect(postgres, data)) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            long first = watch.pid().orElseThrow();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> watch.pid().filter(pid -> pid != first).isPresent() && postgres.isReady());
            try (Connection connection = connect(postgres, data);
                    ResultSet kept = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
                kept.next();
                assertThat(kept.getInt(1)).isEqualTo(42);
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), Postgres.USER, "replaced")
                            .close());
        } finally {
            watch.stop();
        }
    }

    private static void awaitReady(Watch watch, Postgres postgres) {
        await().atMost(Duration.ofMinutes(2)).until(() -> watch.pid().isPresent() && postgres.isReady());
    }

    private static Connection connect(Postgres postgres, DataDirectory data) throws SQLException, IOException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(),
                Postgres.USER,
                Files.readString(data.databasePassword()).strip());
    }
}
