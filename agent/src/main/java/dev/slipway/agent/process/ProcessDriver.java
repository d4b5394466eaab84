package dev.slipway.agent.process;

import dev.slipway.agent.artifact.ArchiveStore;
import dev.slipway.agent.artifact.Archives;
import dev.slipway.agent.fleet.Attempt;
import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.RuntimeDriver;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.health.Subject;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.archive.ArchiveReader;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.fleet.TargetRuntime.ProcessRuntime;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs archives as processes: unpacked side by side, switched by a link, supervised. */
public final class ProcessDriver implements RuntimeDriver {
    private final Path folder;
    private final ArchiveStore archives;
    private final Launcher launcher;
    private final Services services;

    /** {@code folder} is where targets are written down. */
    public ProcessDriver(Path folder, ArchiveStore archives) {
        this.folder = folder;
        this.archives = archives;
        this.launcher = new Launcher(folder);
        this.services = new Services(folder, launcher);
    }

    /** Takes up what an earlier agent left; to be called once, before the first step. */
    public void adopt() throws InterruptedException {
        services.adopt();
    }

    @Override
    public boolean drives(TargetRuntime runtime) {
        return runtime instanceof ProcessRuntime;
    }

    @Override
    public Installed look(TargetKey target, TargetRuntime place) {
        ReleaseDirectory directory = directoryOf(place);
        services.requireOwn(target, directory);
        return directory
                .current()
                .map(digest -> services.of(target).installed(digest, directory.real()))
                .orElse(Installed.NOTHING);
    }

    @Override
    public void prepare(RevisionRecord wanted, Attempt attempt) throws InterruptedException {
        ProcessRuntime runtime = (ProcessRuntime) wanted.runtime();
        if (!(wanted.artifact() instanceof Artifact.Archive archive)) {
            throw new InvalidInputException(
                    "component",
                    "target \"" + attempt.target().target()
                            + "\" has runtime process, but its component is an image. Use an archive, or runtime:"
                            + " docker");
        }
        ReleaseDirectory directory = new ReleaseDirectory(runtime.directory());
        if (directory.has(archive.digest())) {
            attempt.say(wanted + " is already unpacked.");
        } else {
            unpack(archive.digest(), directory, attempt);
        }
        launcher.requireStartable(wanted, runtime, directory.folder(archive.digest()));
    }

    @Override
    public void replace(RevisionRecord wanted, Attempt attempt) throws InterruptedException {
        ReleaseDirectory directory = directoryOf(wanted.runtime());
        Service service = services.of(attempt.target());
        services.takeOver(attempt.target(), directory, attempt);
        attempt.check();
        service.stop(attempt::say);
        attempt.check();
        service.intend(wanted, attempt.origin());
        directory.switchTo(wanted.artifact().digest());
        attempt.say("Switched current to " + wanted + ".");
        attempt.check();
        attempt.say("Started pid " + service.start() + ".");
    }

    @Override
    public void vacate(TargetRuntime place, Attempt attempt) throws InterruptedException {
        Service service = services.of(attempt.target());
        service.stop(attempt::say);
        service.forget();
    }

    @Override
    public boolean remove(TargetRuntime place, Attempt attempt) throws InterruptedException {
        ReleaseDirectory directory = directoryOf(place);
        Service service = services.of(attempt.target());
        services.takeOver(attempt.target(), directory, attempt);
        attempt.check();
        service.stop(attempt::say);
        attempt.check();
        boolean installed = directory.delete(made(attempt.target()));
        boolean known = service.forget();
        DurableFiles.deleteTree(madeFile(attempt.target()));
        return installed || known;
    }

    @Override
    public Optional<Artifact> recall(Digest digest) {
        return Optional.of(new Artifact.Archive(digest, 0));
    }

    @Override
    public void prune(TargetRuntime place, Set<Digest> kept) {
        directoryOf(place).prune(kept);
    }

    @Override
    public Subject subject(TargetKey target, RevisionRecord revision, Mask mask) {
        return new ServiceSubject(
                services.of(target),
                directoryOf(revision.runtime()).folder(revision.artifact().digest()),
                launcher.environment(target, revision),
                mask);
    }

    @Override
    public void skipOutput(TargetKey target, TargetRuntime place) {
        services.of(target).output().skip();
    }

    @Override
    public List<OutputLine> newOutput(TargetKey target, TargetRuntime place, Mask mask) {
        return services.of(target).output().newLines(mask);
    }

    private void unpack(Digest digest, ReleaseDirectory directory, Attempt attempt) throws InterruptedException {
        Path archive = archives.fetch(digest, attempt::say);
        noteMade(attempt.target(), directory.missing());
        directory.make();
        Path unfinished = directory.beginRelease(digest);
        try {
            ArchiveReader.Summary unpacked = Archives.unpack(archive, unfinished);
            directory.finishRelease(digest, unfinished);
            attempt.say("Unpacked %d entries, %d KiB.".formatted(unpacked.entries(), unpacked.bytes() >> 10));
        } finally {
            DurableFiles.deleteTree(unfinished);
        }
    }

    /** The folders that a removal deletes again, unless somebody else has put something there. */
    private void noteMade(TargetKey target, List<Path> missing) {
        if (!missing.isEmpty()) {
            String lines = Stream.concat(missing.stream(), made(target).stream())
                    .distinct()
                    .map(Path::toString)
                    .collect(Collectors.joining("\n"));
            DurableFiles.write(madeFile(target), lines + "\n");
        }
    }

    private List<Path> made(TargetKey target) {
        Path file = madeFile(target);
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Path::of).toList()
                    : List.of();
        } catch (IOException e) {
            throw DiskFailures.of("read", file, e);
        }
    }

    private Path madeFile(TargetKey target) {
        return folder.resolve(target.folder()).resolve("made");
    }

    private static ReleaseDirectory directoryOf(TargetRuntime place) {
        return new ReleaseDirectory(((ProcessRuntime) place).directory());
    }
}
