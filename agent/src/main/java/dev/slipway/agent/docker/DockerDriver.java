package dev.slipway.agent.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.slipway.agent.fleet.Attempt;
import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.RuntimeDriver;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.health.Subject;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.fleet.TargetRuntime.DockerRuntime;
import dev.slipway.core.secret.Mask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs images as containers. What runs is read from the containers' own labels. */
public final class DockerDriver implements RuntimeDriver {
    private final DockerCalls docker = new DockerCalls();
    private final Images images = new Images(docker);
    private final Containers containers = new Containers(docker);
    private final ContainerLogs logs = new ContainerLogs(docker);

    /** Whether Docker answers on this node. */
    public boolean isAvailable() throws InterruptedException {
        return docker.answers();
    }

    @Override
    public boolean drives(TargetRuntime runtime) {
        return runtime instanceof DockerRuntime;
    }

    @Override
    public Installed look(TargetKey target, TargetRuntime place) {
        return containers
                .find(target, nameOf(place))
                .map(DockerDriver::installed)
                .orElse(Installed.NOTHING);
    }

    @Override
    public void prepare(RevisionRecord wanted, Attempt attempt) throws InterruptedException {
        if (!(wanted.artifact() instanceof Artifact.Image image)) {
            throw new InvalidInputException(
                    "component",
                    "target \"" + attempt.target().target()
                            + "\" has runtime docker, but its component is an archive. Use an image, or runtime: process");
        }
        images.require(image, attempt);
    }

    @Override
    public void replace(RevisionRecord wanted, Attempt attempt) throws InterruptedException {
        String name = nameOf(wanted.runtime());
        String next = nextOf(name);
        String image = images.require((Artifact.Image) wanted.artifact(), attempt);
        attempt.check();
        discard(attempt.target(), next);
        containers.create(attempt.target(), wanted, attempt.origin(), next, image);
        attempt.check();
        Optional<InspectContainerResponse> old = containers.find(attempt.target(), name);
        if (old.isPresent()) {
            containers.stop(old.get().getId());
            attempt.say("Stopped container " + abbreviated(old.get()) + ".");
            attempt.check();
            containers.remove(old.get().getId());
        }
        attempt.check();
        containers.rename(next, name);
        attempt.check();
        containers.start(name);
        attempt.say("Started container " + name + " from " + wanted + ".");
    }

    @Override
    public void vacate(TargetRuntime place, Attempt attempt) throws InterruptedException {
        remove(place, attempt);
    }

    @Override
    public boolean remove(TargetRuntime place, Attempt attempt) throws InterruptedException {
        String name = nameOf(place);
        attempt.check();
        discard(attempt.target(), nextOf(name));
        Optional<InspectContainerResponse> old = containers.find(attempt.target(), name);
        if (old.isEmpty()) {
            return false;
        }
        containers.stop(old.get().getId());
        attempt.check();
        containers.remove(old.get().getId());
        attempt.say("Removed container " + name + ".");
        return true;
    }

    @Override
    public Optional<Artifact> recall(Digest digest) {
        return images.recall(digest);
    }

    /** Images are the engine's own to keep or prune: other containers may use them. */
    @Override
    public void prune(TargetRuntime place, Set<Digest> kept) {}

    @Override
    public Subject subject(TargetKey target, RevisionRecord revision, Mask mask) {
        return new ContainerSubject(docker, containers, logs, target, nameOf(revision.runtime()), mask);
    }

    @Override
    public void skipOutput(TargetKey target, TargetRuntime place) {
        logs.skip(
                target,
                containers
                        .find(target, nameOf(place))
                        .map(InspectContainerResponse::getId)
                        .orElse(""));
    }

    @Override
    public List<OutputLine> newOutput(TargetKey target, TargetRuntime place, Mask mask) {
        return containers
                .find(target, nameOf(place))
                .map(container -> logs.newLines(target, container.getId(), mask))
                .orElse(List.of());
    }

    private void discard(TargetKey target, String name) {
        containers.find(target, name).ifPresent(leftover -> containers.remove(leftover.getId()));
    }

    private static Installed installed(InspectContainerResponse container) {
        Map<String, String> labels = Containers.labels(container);
        String digest = labels.get(Labels.DIGEST);
        boolean running = ContainerSubject.isRunning(container.getState());
        return new Installed(
                digest == null ? null : new Digest(digest),
                labels.get(Labels.REVISION),
                Labels.origin(labels),
                running,
                running
                        ? "runs in container " + abbreviated(container)
                        : "is not running: it " + ContainerSubject.described(container.getState()));
    }

    private static String abbreviated(InspectContainerResponse container) {
        return container.getId().substring(0, 12);
    }

    private static String nameOf(TargetRuntime place) {
        return ((DockerRuntime) place).container();
    }

    private static String nextOf(String name) {
        return name + ".slipway-next";
    }
}
