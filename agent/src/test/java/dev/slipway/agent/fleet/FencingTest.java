package dev.slipway.agent.fleet;

import static dev.slipway.agent.rig.AgentRig.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencingTest {
    private static final DeploymentId OLDER = new DeploymentId("d0000001");
    private static final DeploymentId NEWER = new DeploymentId("d0000002");

    private final Path folder;
    private final AgentRig rig;
    private final Target target;
    private final Artifact.Archive first;
    private final Artifact.Archive second;

    FencingTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new AgentRig(folder.resolve("state"));
        this.target = new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(folder.resolve("web-1").toString(), List.of("./start")),
                Map.of(),
                new HealthCheck(new Probe.Running(), Duration.ofSeconds(1), 1_000, Duration.ofMillis(100)),
                Duration.ofMinutes(1));
        this.first = rig.controlPlane.publish(TestArchive.withStart("exec sleep 300"));
        this.second = rig.controlPlane.publish(TestArchive.withStart("exec sleep 301"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void refusesEveryStepWithALowerFence() throws IOException {
        deploy(NEWER, new Fence(2, 5), second);
        TargetActivities.Step late = rig.step(OLDER, new Fence(2, 4));
        Desired desired = new Desired.Fresh(first, "v1");

        assertThat(List.of(
                        catchThrowable(() -> rig.deploy(late, target, desired)),
                        catchThrowable(() ->
                                rig.steps().remove(new TargetActivities.Remove(late, rig.reference(late, target)))),
                        catchThrowable(() -> rig.steps()
                                .verify(new TargetActivities.Verify(late, rig.reference(late, target), desired))),
                        catchThrowable(() -> rig.steps()
                                .inspect(new TargetActivities.Inspect(late, rig.reference(late, target), desired)))))
                .allSatisfy(thrown -> assertThat(typeOf(thrown)).isEqualTo(FailureType.FENCED));
        assertThat(rig.ledger(target)).hasSize(1);
    }

    @Test
    void remembersTheFenceWhenTheAgentIsStartedAgain() throws IOException {
        deploy(NEWER, new Fence(2, 5), first);

        FenceGate again = new FenceGate("web-1", rig.folder(target).resolve("fence"));

        assertThatThrownBy(() -> announce(again, 1, 900)).hasMessageContaining("stale");
        assertThat(announce(again, 2, 5)).isNotNull();
    }

    @Test
    void ordersFencesByEpochAndThenByStep() {
        FenceGate gate = new FenceGate("web-1", folder.resolve("fence"));
        announce(gate, 9, 9);
        announce(gate, 10, 1);

        assertThatThrownBy(() -> gate.requireNotLower(new Fence(9, 10))).hasMessageContaining("10.1");
    }

    @Test
    void stopsAnOlderAttemptBeforeItTouchesAnything() throws IOException {
        rig.controlPlane.drip(Duration.ofMillis(5));
        CompletableFuture<TargetActivities.Deployed> older =
                rig.deployAside(rig.step(OLDER, new Fence(1, 2)), target, first, "v1");
        await().atMost(Duration.ofMinutes(1)).until(() -> !rig.controlPlane.ranges.isEmpty());

        TargetActivities.Deployed newer =
                rig.deploy(rig.step(NEWER, new Fence(2, 2)), target, new Desired.Fresh(second, "v2"));

        assertThat(catchThrowable(older::join))
                .satisfies(thrown -> assertThat(typeOf(thrown)).isEqualTo(FailureType.FENCED));
        assertThat(newer.changed()).isTrue();
        assertThat(rig.ledger(target)).singleElement().asString().contains(NEWER.value());
    }

    @Test
    void beatsWhileItWorks() {
        rig.controlPlane.drip(Duration.ofMillis(10));

        deploy(OLDER, new Fence(1, 1), first);

        assertThat(rig.heartbeats.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void stopsWhenItIsCanceledAndCleansUp() throws IOException {
        rig.controlPlane.drip(Duration.ofMillis(100));
        CompletableFuture<TargetActivities.Deployed> deploying =
                rig.deployAside(rig.step(OLDER, new Fence(1, 1)), target, first, "v1");
        await().atMost(Duration.ofMinutes(1)).until(() -> !rig.controlPlane.ranges.isEmpty());

        rig.cancel();

        assertThat(catchThrowable(deploying::join))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).hasRootCauseInstanceOf(CanceledFailure.class),
                        thrown -> assertThat(thrown).hasRootCauseInstanceOf(ActivityCanceledException.class));
        assertThat(folder.resolve("web-1")).doesNotExist();
        assertThat(rig.ledger(target)).isEmpty();
    }

    @Test
    void asksForAnotherAttemptWhenTheAgentEnds() throws Exception {
        rig.controlPlane.drip(Duration.ofMillis(100));
        CompletableFuture<TargetActivities.Deployed> deploying =
                rig.deployAside(rig.step(OLDER, new Fence(1, 1)), target, first, "v1");
        await().atMost(Duration.ofMinutes(1)).until(() -> !rig.controlPlane.ranges.isEmpty());

        rig.stopSteps();

        assertThat(catchThrowable(deploying::join))
                .satisfies(thrown -> assertThat(typeOf(thrown)).isEqualTo(FailureType.AGENT_LOST));
    }

    private static FenceGate.Claim announce(FenceGate gate, long epoch, int step) {
        return gate.announce(new Fence(epoch, step), _ -> {});
    }

    private void deploy(DeploymentId deployment, Fence fence, Artifact.Archive artifact) {
        rig.deploy(rig.step(deployment, fence), target, new Desired.Fresh(artifact, "v1"));
    }
}
