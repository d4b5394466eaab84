package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void takesTheLoginOutOfAUrl() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://me:p%40ss+%2F@db.example:5433/slipway?sslmode=require");

        assertThat(url.dataSource())
                .containsEntry("spring.datasource.url", "jdbc:postgresql://db.example:5433/slipway?sslmode=require")
                .containsEntry("spring.datasource.username", "me")
                .containsEntry("spring.datasource.password", "p@ss+/");
    }

    @Test
    void leavesAJdbcUrlAsItIs() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://db.example/slipway?user=me");

        assertThat(url.dataSource())
                .containsOnly(entry("spring.datasource.url", "jdbc:postgresql://db.example/slipway?user=me"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db.example/slipway",
                "mysql://me:secret@db.example/slipway",
                "postgres://me:secret@db.example",
                "postgres://me:secret@/slipway",
                "postgres://me:sec ret@db.example/slipway",
                "jdbc:mysql://db.example/slipway?password=secret"
            })
    void refusesOtherUrlsWithoutRepeatingThem(String text) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> DatabaseUrl.parse(text))
                .satisfies(e -> assertThat(e.getMessage() + e.hint()).doesNotContain("secret", "sec ret"))
                .satisfies(e -> assertThat(e.hint()).contains("SLIPWAY_DATABASE_URL"));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(DatabaseUrl.parse("postgres://me:secret@db.example/slipway"))
                .hasToString("jdbc:postgresql://db.example/slipway");
    }
}
