package dev.slipway.server;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How soon a Temporal that was away is found again. */
@Configuration(proxyBeanMethods = false)
class ReconnectionConfiguration {
    // By itself the client waits longer and longer, and starts over every ten seconds only: as long would requests be
    // refused, and deployments stand still, after Temporal is back.
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Bean
    TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> reconnection() {
        return options -> options.setConnectionBackoffResetFrequency(EVERY);
    }
}
