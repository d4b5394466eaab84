package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void readsRolesWithCommasBetween() {
        assertThat(Role.parse("worker, api,worker")).containsExactly(Role.WORKER, Role.API);
        assertThat(Role.parse("api")).containsExactly(Role.API);
    }

    @Test
    void refusesWhatIsNoRoleAndNamesThoseThatAre() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> Role.parse("api,wroker"))
                .withMessageContaining("\"wroker\"")
                .satisfies(e -> assertThat(e.hint()).contains("api,worker"));
        assertThatExceptionOfType(StartupException.class).isThrownBy(() -> Role.parse(""));
    }
}
