package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How the workflows of accepted deployments are started, for the API, which tries it at once, and the sweep, which does
 * what the API could not. An entry is written with its deployment, and of no use once that has begun.
 */
@Repository
public class Outbox {
    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code start}: JSON, kept as it is. */
    void put(DeploymentId id, String start) {
        jdbc.sql("insert into outbox (deployment, start) values (?, ?::json)")
                .params(id.value(), start)
                .update();
    }

    /** Empty for a deployment that has begun. */
    public Optional<String> find(DeploymentId id) {
        return jdbc.sql("""
                        select start from outbox join deployment on id = deployment
                        where id = ? and started_at is null and ended_at is null""").param(id.value()).query(String.class).optional();
    }

    /** Deletes the entries of deployments that have begun or ended. */
    public void clear() {
        jdbc.sql("""
                        delete from outbox using deployment
                        where id = outbox.deployment and (started_at is not null or ended_at is not null)""").update();
    }
}
