package dev.slipway.api.deployment;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.deployment.Outbox;
import dev.slipway.workflows.deployment.DeploymentStart;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes deployments in: the rows are committed first, then the workflow is started. */
@Component
public class DeploymentIntake {
    private static final Logger log = LoggerFactory.getLogger(DeploymentIntake.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Acceptance acceptance;
    private final Outbox outbox;
    private final TemporalCalls temporal;

    DeploymentIntake(Acceptance acceptance, Outbox outbox, TemporalCalls temporal) {
        this.acceptance = acceptance;
        this.outbox = outbox;
        this.temporal = temporal;
    }

    /**
     * Accepts the deployment that {@code writing} writes, as {@link Acceptance#accept} does, and starts its workflow if that
     * is possible now. Otherwise the sweep will: the deployment is accepted either way.
     */
    public Answer accept(@Nullable IdempotencyKey key, Supplier<Acceptance.Written> writing) {
        Acceptance.Accepted accepted = acceptance.accept(key, writing);
        try {
            accepted.start().ifPresent(this::start);
        } catch (StatusRuntimeException | WorkflowException e) {
            log.warn(
                    "Deployment {} is accepted but could not be started yet; the sweep will start it",
                    accepted.answer().deployment(),
                    e);
        }
        return accepted.answer();
    }

    /**
     * Starts the workflow, or fails where Temporal does not take it in time. Nothing happens where it was started before, or
     * the deployment has ended.
     */
    public void start(DeploymentId id) {
        outbox.find(id).ifPresent(this::start);
    }

    private void start(String stored) {
        DeploymentStart start = DeploymentStart.read(stored);
        temporal.within(LIMIT, () -> {
            start.by(temporal.client());
            return start;
        });
    }
}
