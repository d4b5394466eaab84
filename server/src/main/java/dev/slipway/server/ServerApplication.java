package dev.slipway.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.store.StoreConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The server: serves the API, runs workflows, or both, as {@code slipway.roles} says. */
@SpringBootApplication
@Import(StoreConfiguration.class)
public class ServerApplication {
    private static final String LOUD_REPORTER = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    public static void main(String[] args) {
        sayWhyOnce();
        SpringApplication.run(ServerApplication.class, args);
    }

    /** {@link OneLineReporter} says why the server does not start; until application.yml is read, Spring would say it too. */
    private static void sayWhyOnce() {
        if (LoggerFactory.getLogger(LOUD_REPORTER) instanceof Logger reporter) {
            reporter.setLevel(Level.OFF);
        }
    }
}
