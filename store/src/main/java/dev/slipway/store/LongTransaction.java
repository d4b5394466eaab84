package dev.slipway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Lets the statements of one transaction take longer than {@link ConnectionLimits} allows, which is meant for requests. */
@Component
public class LongTransaction {
    private static final Duration MARGIN = ConnectionLimits.ANSWER.minus(ConnectionLimits.STATEMENT);

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    LongTransaction(DataSource dataSource, JdbcClient jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /** Until the current transaction ends, each statement, and each pause between two, may take so long. */
    public void allow(Duration limit) {
        jdbc.sql("""
                        select set_config('statement_timeout', :limit, true),
                            set_config('idle_in_transaction_session_timeout', :limit, true)""").param("limit", Long.toString(limit.toMillis())).query().singleRow();
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            // The pool sets it back.
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limit.plus(MARGIN).toMillis()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
