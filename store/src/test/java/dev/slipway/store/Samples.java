package dev.slipway.store;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.PortMapping;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.message.Message;
import dev.slipway.core.project.Environment;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.Component;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.release.NewDeployment;
import dev.slipway.store.release.NewDeployments;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Things of the domain for tests. */
public final class Samples {
    private Samples() {}

    public static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }

    /** A process target with component {@code web} in {@code /srv/<name>}. */
    public static Target process(String name) {
        return new Target(
                name,
                "local",
                "web",
                new TargetRuntime.ProcessRuntime("/srv/" + name, List.of("./start", "${version}")),
                Map.of("GREETING", "hello"),
                new HealthCheck(
                        new Probe.Http(URI.create("http://127.0.0.1:8101/"), 200, "v2"),
                        Duration.ofSeconds(2),
                        20,
                        Duration.ofMillis(250)),
                Target.DEFAULT_TIMEOUT);
    }

    /** A docker target with component {@code api} in container {@code <name>}. */
    public static Target docker(String name) {
        return new Target(
                name,
                "local",
                "api",
                new TargetRuntime.DockerRuntime(
                        name,
                        List.of(),
                        List.of(new PortMapping("127.0.0.1", 8201, 8080)),
                        new TargetRuntime.Limits(0.5, 256L << 20)),
                Map.of(),
                HealthCheck.RUNNING,
                Target.DEFAULT_TIMEOUT);
    }

    /** An environment of {@code targets} process targets, {@code <name>-1} and so on. */
    public static Environment environment(String name, Concurrency concurrency, int targets) {
        return new Environment(
                name,
                concurrency,
                IntStream.rangeClosed(1, targets)
                        .mapToObj(i -> process(name + "-" + i))
                        .toList());
    }

    /** A release with the archive {@code web}, whose digest is {@code content}. */
    public static Release release(String reference, int content) {
        return new Release(
                ReleaseReference.parse(reference),
                List.of(new Component("web", new Artifact.Archive(digest(content), 1_234))));
    }

    /** Accepts a deployment whose workflow is never started. */
    public static Answer accept(
            Acceptance acceptance, NewDeployments deployments, @Nullable IdempotencyKey key, NewDeployment asked) {
        return acceptance
                .accept(
                        key,
                        () -> new Acceptance.Written(
                                deployments.insert(asked).id(), "{\"never\":true}", "response " + asked.id()))
                .answer();
    }

    public static NewDeployment deployment(String id, String environment, String release) {
        return new NewDeployment(
                new DeploymentId(id),
                environment,
                ReleaseReference.parse(release),
                new Strategy.Rolling(BatchSize.ONE),
                OnFailure.ROLLBACK,
                false,
                null,
                Message.text("Accepted"),
                Actor.OPERATOR);
    }
}
