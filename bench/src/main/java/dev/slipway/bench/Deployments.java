package dev.slipway.bench;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Deployments beside bare workflows that call the same activities. */
final class Deployments {
    private static final int STARTERS = 50;
    // Fewer would measure the compiler of the JVM.
    private static final int WARM_UP = 60;

    private final Subject subject;

    Deployments(Subject subject) {
        this.subject = subject;
    }

    /** From the POST to the end of the workflow, one target, one after the other, once both are warm. */
    Row oneStep(int rounds) {
        subject.environment("one", 1);
        Samples slipway = Samples.none();
        Samples bare = Samples.none();
        for (int i = -WARM_UP; i < rounds; i++) {
            String version = i % 2 == 0 ? "v1" : "v2";
            Duration a = time(() -> bare(true));
            Duration b = time(() -> subject.awaitEnd(subject.deploy(version, "one")));
            if (i >= 0) {
                bare = bare.and(a);
                slipway = slipway.and(b);
            }
        }
        return Row.compare("one-step deployment, POST → completed", slipway, bare);
    }

    /** {@code count} deployments that find nothing to do, each of its own environment, from fifty clients at once. */
    Row noOps(int count, int rounds) throws Exception {
        for (int i = 0; i < count; i++) {
            subject.environment("noop-" + i, 1);
        }
        atOnce(count, i -> subject.awaitEnd(subject.deploy("v1", "noop-" + i)));
        Samples slipway = Samples.none();
        Samples bare = Samples.none();
        for (int i = 0; i < rounds; i++) {
            bare = bare.and(atOnce(count, _ -> bare(false)));
            slipway = slipway.and(atOnce(count, k -> subject.awaitEnd(subject.deploy("v1", "noop-" + k))));
        }
        return new Row(
                count + " no-op deployments at once",
                perSecond(count, slipway),
                perSecond(count, bare),
                String.format(Locale.ROOT, "%.2f× the throughput", bare.median() / slipway.median()));
    }

    /** Time and history of one deployment per target; the baseline is the same deployment with one target. */
    List<Row> growth(int rounds, int... sizes) {
        Map<Integer, Samples> times = new TreeMap<>();
        Map<Integer, Long> history = new TreeMap<>();
        for (int size : sizes) {
            subject.environment("grow-" + size, size);
            times.put(size, Samples.none());
        }
        for (int i = -1; i < rounds; i++) {
            String version = i % 2 == 0 ? "v1" : "v2";
            for (int size : sizes) {
                String[] id = new String[1];
                Duration took = time(() -> {
                    id[0] = subject.deploy(version, "grow-" + size);
                    subject.awaitEnd(id[0]);
                });
                if (i >= 0) {
                    times.compute(
                            size,
                            (_, samples) -> Objects.requireNonNull(samples).and(took));
                    history.put(size, events(id[0]));
                }
            }
        }
        double one = Objects.requireNonNull(times.get(sizes[0])).median() / sizes[0];
        List<Row> rows = new ArrayList<>();
        times.forEach((size, samples) -> rows.add(new Row(
                size + " target(s), all at once",
                "%s, %s and %d events per target"
                        .formatted(
                                samples,
                                Samples.format(samples.median() / size),
                                history.getOrDefault(size, 0L) / size),
                Samples.format(one) + " per target (" + sizes[0] + " target)",
                String.format(Locale.ROOT, "%.2f×", samples.median() / size / one))));
        return rows;
    }

    private long events(String deployment) {
        long events = 0;
        String run = "";
        do {
            WorkflowExecution execution = WorkflowExecution.newBuilder()
                    .setWorkflowId("deployment/" + deployment)
                    .setRunId(run)
                    .build();
            var history = subject.temporal
                    .fetchHistory(execution.getWorkflowId(), run.isEmpty() ? null : run)
                    .getHistory();
            events += history.getEventsCount();
            run = history.getEvents(0)
                    .getWorkflowExecutionStartedEventAttributes()
                    .getContinuedExecutionRunId();
        } while (!run.isEmpty());
        return events;
    }

    private void bare(boolean change) {
        BareWorkflow workflow = subject.temporal.newWorkflowStub(
                BareWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(Subject.BARE_QUEUE).build());
        WorkflowClient.start(workflow::run, TARGET, change);
        WorkflowStub.fromTyped(workflow).getResult(Void.class);
    }

    private static Duration atOnce(int count, IntConsumer work) throws Exception {
        try (ExecutorService starters = Executors.newFixedThreadPool(STARTERS)) {
            List<Future<?>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int k = i;
                running.add(starters.submit(() -> work.accept(k)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String perSecond(int count, Samples samples) {
        return String.format(
                Locale.ROOT, "%.0f/s (%s in all)", count / samples.median() * 1_000, Samples.format(samples.median()));
    }

    private static final TargetActivities.Deploy TARGET = new TargetActivities.Deploy(
            new TargetActivities.Step(new DeploymentId("bare"), "bare", new Fence(1, 1)),
            TargetReference.of(
                    new Target(
                            "t-1",
                            Subject.NODE,
                            "web",
                            new TargetRuntime.ProcessRuntime("/bench/bare", List.of("./start")),
                            Map.of(),
                            HealthCheck.RUNNING,
                            Target.DEFAULT_TIMEOUT),
                    new Digest("sha256:" + "0".repeat(64))),
            new Desired.Fresh(new Artifact.Archive(new Digest("sha256:" + "0".repeat(64)), 1), "v1"));
}
