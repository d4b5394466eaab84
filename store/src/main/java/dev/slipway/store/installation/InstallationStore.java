package dev.slipway.store.installation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The identity of an installation, which its database is given when it is made. */
@Repository
public class InstallationStore {
    private final JdbcClient jdbc;

    InstallationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public String id() {
        return jdbc.sql("select id from installation").query(String.class).single();
    }
}
