package dev.slipway.workflows.fleet;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The four verbs of every executor; here, those of the node's own agent, on its task queue. A step names its target by
 * reference, so that a history does not grow with what targets declare; the agent reads the declaration from the API, and
 * fails with {@code ArtifactUnavailable} while it cannot. Each is idempotent, beats
 * while it runs, stops when it is canceled, and refuses a {@link Fence} that is lower than one it has seen with
 * {@code Fenced}. Failures are application failures whose type is the wire name of a
 * {@link dev.slipway.core.failure.FailureType}.
 */
@ActivityInterface
public interface TargetActivities {
    /**
     * Looks at the target, with one health probe at the most, and changes nothing. Compares with {@code desired}.
     * It does not raise the fence, but is refused by a higher one.
     */
    @ActivityMethod(name = "inspectTarget")
    Observation inspect(Inspect input);

    /** Makes the target run {@code desired}. Finishes what an earlier attempt began; does nothing where it is done. */
    @ActivityMethod(name = "deployTarget")
    Deployed deploy(Deploy input);

    /** Probes the target until it is healthy or its health check is used up; an unhealthy target is an answer. */
    @ActivityMethod(name = "verifyTarget")
    Health verify(Verify input);

    /** Makes the target run nothing and leaves nothing of it behind but the agent's own records. */
    @ActivityMethod(name = "removeTarget")
    Removed remove(Remove input);

    /** On whose behalf a step is made, and in which order. */
    record Step(DeploymentId deployment, String environment, Fence fence) {}

    record Inspect(Step step, TargetReference target, Desired desired) {}

    record Deploy(Step step, TargetReference target, Desired desired) {}

    /** {@code changed}: whether this call had something to do. */
    record Deployed(Digest digest, boolean changed) {}

    record Verify(Step step, TargetReference target, Desired desired) {}

    record Remove(Step step, TargetReference target) {}

    /** {@code changed}: whether there was something to remove. */
    record Removed(boolean changed) {}
}
