package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;

@StoreTest
class ConnectionLimitsTest {
    @Autowired
    private HikariDataSource pool;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private LongTransaction limit;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void holdOnEveryConnection() throws SQLException {
        assertThat(setting("statement_timeout")).isEqualTo("4s");
        assertThat(setting("lock_timeout")).isEqualTo("3s");
        assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("10s");
        assertThat(setting("tcp_keepalives_idle")).isEqualTo("10");
        assertThat(networkTimeout()).isEqualTo(5_000);
    }

    @Test
    void endAStatementThatTakesTooLong() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql("select pg_sleep(60)").query().singleRow())
                .withMessageContaining("statement timeout");
    }

    @Test
    void giveWayToTheLimitOfALongTransactionUntilItsEnd() throws SQLException {
        transactions.executeWithoutResult(_ -> {
            limit.allow(Duration.ofSeconds(60));
            jdbc.sql("select pg_sleep(5.5)").query().singleRow();
            assertThat(setting("statement_timeout")).isEqualTo("1min");
        });

        assertThat(setting("statement_timeout")).isEqualTo("4s");
        assertThat(networkTimeout()).isEqualTo(5_000);
    }

    @Test
    void giveWayToWhatTheUrlOrTheRoleSays() {
        String url = TestDatabase.create().replaceFirst("[?].*", "");
        jdbc.sql("drop role if exists patient").update();
        jdbc.sql("create role patient superuser login").update();
        jdbc.sql("alter role patient set lock_timeout = '42s'").update();
        new ApplicationContextRunner()
                .withUserConfiguration(StoreTestApplication.class)
                .withPropertyValues(
                        "spring.datasource.url=" + url + "?socketTimeout=77&options=-c%20statement_timeout=0",
                        "spring.datasource.username=patient")
                .run(context -> {
                    JdbcClient other = context.getBean(JdbcClient.class);
                    assertThat(setting(other, "statement_timeout")).isEqualTo("0");
                    assertThat(setting(other, "lock_timeout")).isEqualTo("42s");
                    assertThat(networkTimeout(context.getBean(HikariDataSource.class)))
                            .isEqualTo(77_000);
                });
    }

    private String setting(String name) {
        return setting(jdbc, name);
    }

    private static String setting(JdbcClient client, String name) {
        return client.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private int networkTimeout() throws SQLException {
        return networkTimeout(pool);
    }

    private static int networkTimeout(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.getNetworkTimeout();
        }
    }
}
