package dev.slipway.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void aPoolThatHasNoConnectionIsAnOutage() {
        // The pool's own exception has no SQL state.
        assertThat(Outage.problem(new SQLTransientConnectionException("request timed out after 4000ms")))
                .isPresent();
    }

    @Test
    void aStatementThatWasCanceledByItsTimeLimitIsAnOutage() {
        assertThat(Outage.problem(new SQLException("canceling statement due to statement timeout", "57014")))
                .isPresent();
    }

    @Test
    void anyOtherFailureIsNone() {
        assertThat(Outage.problem(new IllegalStateException("a defect"))).isEmpty();
    }
}
