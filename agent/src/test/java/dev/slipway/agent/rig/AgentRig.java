package dev.slipway.agent.rig;

import dev.slipway.agent.artifact.ArchiveStore;
import dev.slipway.agent.docker.DockerDriver;
import dev.slipway.agent.fleet.AgentTargetActivities;
import dev.slipway.agent.process.ProcessDriver;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.agent.timeline.LogShipping;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import dev.slipway.core.secret.Mask;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A node with its agent, whose steps are called as Temporal calls them: through payloads, with heartbeats. */
public final class AgentRig implements AutoCloseable {
    public static final String ENVIRONMENT = "staging";
    public static final DeploymentId DEPLOYMENT = new DeploymentId("d0000001");

    public final FakeControlPlane controlPlane = new FakeControlPlane();
    public final Path state;
    public final AtomicInteger heartbeats = new AtomicInteger();

    private final LogShipping shipping = LogShipping.begin(controlPlane.client());
    private final AgentTargetActivities activities;
    private final TestActivityEnvironment temporal;
    private final TestActivityEnvironment aside;
    private final Map<String, Target> known = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int steps;

    public AgentRig(Path state) {
        this.state = DurableFiles.makePrivateFolder(state);
        Path archives = DurableFiles.makePrivateFolder(state.resolve("archives"));
        Path targets = DurableFiles.makePrivateFolder(state.resolve("targets"));
        activities = new AgentTargetActivities(
                targets,
                List.of(
                        new ProcessDriver(targets, new ArchiveStore(archives, controlPlane.client())),
                        new DockerDriver()),
                controlPlane.client(),
                shipping,
                () -> Mask.NOTHING);
        temporal = environment();
        aside = environment();
    }

    /** It runs one activity after the other. */
    private TestActivityEnvironment environment() {
        TestActivityEnvironment environment = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .build());
        environment.registerActivitiesImplementations(activities);
        environment.setActivityHeartbeatListener(Void.class, _ -> heartbeats.incrementAndGet());
        return environment;
    }

    public TargetActivities.Step step(DeploymentId deployment, Fence fence) {
        return new TargetActivities.Step(deployment, ENVIRONMENT, fence);
    }

    /** Plans {@code target} at the control plane, as it is declared now. */
    public TargetReference reference(TargetActivities.Step step, Target target) {
        return controlPlane.plan(step.deployment().value(), target);
    }

    public TargetActivities.Step next() {
        return step(DEPLOYMENT, new Fence(1, ++steps));
    }

    public TargetActivities steps() {
        return steps(temporal);
    }

    private static TargetActivities steps(TestActivityEnvironment environment) {
        return environment.newActivityStub(
                TargetActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(2))
                        // The SDK holds heartbeats back for 0.8 of it; the agent's own worker has a shorter limit.
                        .setHeartbeatTimeout(Duration.ofMillis(600))
                        .build());
    }

    public TargetActivities.Deployed deploy(Target target, Artifact artifact, String version) {
        return deploy(next(), target, new Desired.Fresh(artifact, version));
    }

    public TargetActivities.Deployed deploy(TargetActivities.Step step, Target target, Desired desired) {
        known.put(target.name(), target);
        return steps().deploy(new TargetActivities.Deploy(step, reference(step, target), desired));
    }

    public TargetActivities.Deployed restore(Target target, Revision revision) {
        return deploy(next(), target, new Desired.Recorded(revision));
    }

    public Observation inspect(Target target, Artifact artifact, String version) {
        TargetActivities.Step step = next();
        return steps().inspect(new TargetActivities.Inspect(
                step, reference(step, target), new Desired.Fresh(artifact, version)));
    }

    public Health verify(Target target, Artifact artifact, String version) {
        TargetActivities.Step step = next();
        return steps().verify(new TargetActivities.Verify(
                step, reference(step, target), new Desired.Fresh(artifact, version)));
    }

    public TargetActivities.Removed remove(Target target) {
        TargetActivities.Step step = next();
        return steps().remove(new TargetActivities.Remove(step, reference(step, target)));
    }

    /** The deploy step, beside those that are called here. */
    public CompletableFuture<TargetActivities.Deployed> deployAside(
            TargetActivities.Step step, Target target, Artifact artifact, String version) {
        known.put(target.name(), target);
        TargetActivities.Deploy input =
                new TargetActivities.Deploy(step, reference(step, target), new Desired.Fresh(artifact, version));
        return CompletableFuture.supplyAsync(() -> steps(aside).deploy(input), threads);
    }

    /** Cancels the step that runs aside, at its next heartbeat. */
    public void cancel() {
        aside.requestCancelActivity();
    }

    /** Ends the steps that are under way, as the agent does when it is told to end. */
    public void stopSteps() throws InterruptedException {
        activities.stop(Duration.ofSeconds(10));
    }

    public List<String> ledger(Target target) throws IOException {
        Path file = folder(target).resolve("ledger.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    public Path folder(Target target) {
        return state.resolve("targets").resolve(ENVIRONMENT + "." + target.name());
    }

    /** The type of the application failure that {@code thrown} comes from. */
    public static FailureType typeOf(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ApplicationFailure failure) {
                return FailureType.ofWireName(failure.getType()).orElseThrow();
            }
        }
        throw new AssertionError("No application failure", thrown);
    }

    /** The message of a failed step, without Temporal's wrapping. */
    public static String messageOf(Throwable thrown) {
        return thrown instanceof ActivityFailure && thrown.getCause() instanceof ApplicationFailure failure
                ? failure.getOriginalMessage()
                : String.valueOf(thrown.getMessage());
    }

    @Override
    public void close() {
        TargetActivities.Step last = step(DEPLOYMENT, new Fence(Long.MAX_VALUE, 1));
        known.values().forEach(target -> steps().remove(new TargetActivities.Remove(last, reference(last, target))));
        aside.close();
        threads.close();
        temporal.close();
        shipping.close();
        controlPlane.close();
    }
}
