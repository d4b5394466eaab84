package dev.slipway.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.store.StoreConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The server: serves the API, runs workflows, or both, as {@code slipway.roles} says. */
@SpringBootApplication
@Import(StoreConfiguration.class)
public class ServerApplication {
    private static final String LOUD_REPORTER = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    public static void main(String[] args) {
        application().run(args);
    }

    /** The server, for who starts it in a process of theirs. */
    public static SpringApplicationBuilder application() {
        sayWhyOnce();
        return new SpringApplicationBuilder(ServerApplication.class);
    }

    /** {@link OneLineReporter} says why the server does not start; until application.yml is read, Spring would say it too. */
    private static void sayWhyOnce() {
        if (LoggerFactory.getLogger(LOUD_REPORTER) instanceof Logger reporter) {
            reporter.setLevel(Level.OFF);
        }
    }
}
