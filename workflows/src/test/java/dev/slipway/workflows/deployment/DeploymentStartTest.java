package dev.slipway.workflows.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.release.DeploymentInput;
import org.junit.jupiter.api.Test;

/** A deployment is started from the database as it would have been by the request. */
class DeploymentStartTest {
    private static final DeploymentInput INPUT = new DeploymentInput(
            new DeploymentId("start"),
            "shop/production",
            ReleaseReference.parse("web@v1"),
            Concurrency.QUEUE,
            new Strategy.Rolling(BatchSize.ONE),
            OnFailure.ROLLBACK,
            3,
            true,
            null,
            Actor.OPERATOR,
            null);

    @Test
    void givesTheWorkflowTheSamePayloadAfterItWasStored() {
        DeploymentStart start = INPUT.start();

        DeploymentStart read = DeploymentStart.read(start.json());

        assertThat(read.json()).isEqualTo(start.json());
        assertThat(Payloads.plain().toPayload(read.input()))
                .isEqualTo(Payloads.plain().toPayload(INPUT));
    }
}
