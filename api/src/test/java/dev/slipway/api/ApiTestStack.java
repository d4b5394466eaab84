package dev.slipway.api;

import dev.slipway.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** What an API under test stands on. */
public final class ApiTestStack implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    public static final String OPERATOR = "operator-token-for-tests";
    public static final String AGENT = "agent-token-for-tests";
    public static final String TEMPORAL_UI = "http://127.0.0.1:8233";

    private static final String DATABASE = "spring.datasource.url";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().containsProperty(DATABASE)) {
            TestPropertyValues.of(DATABASE + "=" + TestDatabase.create()).applyTo(context);
        }
        TestPropertyValues.of(
                        "spring.datasource.username=postgres",
                        "slipway.token-file=" + file(OPERATOR),
                        "slipway.agent-token-file=" + file(AGENT),
                        "slipway.temporal.ui-url=" + TEMPORAL_UI,
                        "slipway.artifacts.largest=4MB",
                        "slipway.artifacts.largest-unpacked=32MB")
                .applyTo(context);
    }

    private static Path file(String token) {
        try {
            Path file = Files.createTempFile("token", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
