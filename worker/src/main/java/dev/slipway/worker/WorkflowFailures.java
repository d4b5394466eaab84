package dev.slipway.worker;

import dev.slipway.workflows.Payloads;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.worker.WorkflowImplementationOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What ends a workflow, besides the failures that it throws itself; any other exception is a bug, and waits for a fix. */
@Configuration(proxyBeanMethods = false)
class WorkflowFailures {
    @Bean
    TemporalOptionsCustomizer<WorkflowImplementationOptions.Builder> unreadablePayloads() {
        return options -> options.setFailWorkflowExceptionTypes(Payloads.UNREADABLE);
    }
}
