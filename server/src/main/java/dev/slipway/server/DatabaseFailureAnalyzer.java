package dev.slipway.server;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells a database that is away from one that refuses the login. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    private final Environment environment;

    DatabaseFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String database = "The database " + environment.getProperty("spring.datasource.url", "(no URL given)");
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" ->
                new FailureAnalysis(
                        database + " cannot be reached",
                        "Check that PostgreSQL is running, and SLIPWAY_DATABASE_URL.",
                        root);
            case "28" ->
                new FailureAnalysis(
                        database + " rejected the login", "Check user and password of SLIPWAY_DATABASE_URL.", root);
            case "3D" ->
                new FailureAnalysis(
                        database + " does not exist", "Create an empty database: Slipway creates its tables.", root);
            default -> null;
        };
    }
}
