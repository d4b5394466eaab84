package dev.slipway.agent.process;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.fleet.Attempt;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.RevisionRecords;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of this node. They outlive the agent, and the next one takes them up. */
final class Services {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    private static final Duration ROTATION = Duration.ofSeconds(10);

    private final Path folder;
    private final Launcher launcher;
    private final Map<TargetKey, Service> services = new ConcurrentHashMap<>();

    Services(Path folder, Launcher launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    Service of(TargetKey target) {
        return services.computeIfAbsent(target, _ -> new Service(target, folder.resolve(target.folder()), launcher));
    }

    /** Fails where a target of another environment runs in {@code directory}: nobody has given that away. */
    void requireOwn(TargetKey target, ReleaseDirectory directory) {
        for (Service other : othersAt(directory, target)) {
            if (!other.target().environment().equals(target.environment())) {
                throw new InvalidInputException(
                        "directory",
                        directory.real() + " belongs to target " + other.target()
                                + ". Set another directory for target " + target + ".");
            }
        }
    }

    /** Ends what other targets of the environment run in {@code directory}, which is declared for {@code target} now. */
    void takeOver(TargetKey target, ReleaseDirectory directory, Attempt attempt) throws InterruptedException {
        requireOwn(target, directory);
        for (Service other : othersAt(directory, target)) {
            attempt.check();
            attempt.say("Taking over " + directory.real() + " from target " + other.target() + ".");
            other.giveWay(directory.real(), attempt::say);
        }
    }

    private List<Service> othersAt(ReleaseDirectory directory, TargetKey target) {
        Path real = directory.real();
        return services.values().stream()
                .filter(service -> !service.target().equals(target) && service.isAt(real))
                .toList();
    }

    /** Takes up what runs, and starts what ended while no agent was there. */
    void adopt() throws InterruptedException {
        Map<String, List<ProcessTable.Entry>> marked = ProcessTable.all().stream()
                .filter(ProcessTable.Entry::isAlive)
                .filter(entry ->
                        ProcessTable.variable(entry.pid(), Launcher.INSTANCE).isPresent())
                .collect(Collectors.groupingBy(entry ->
                        ProcessTable.variable(entry.pid(), Launcher.INSTANCE).orElse("")));
        for (TargetKey target : known()) {
            try {
                adopt(of(target), target, marked.getOrDefault(launcher.instance(target), List.of()));
            } catch (SlipwayException e) {
                log.error("Could not adopt the service of {}: {}", target, e.getMessage());
            }
        }
        BackgroundThread.start("output-rotation", this::rotate);
    }

    private void adopt(Service service, TargetKey target, List<ProcessTable.Entry> marked) throws InterruptedException {
        Optional<ServiceRecord> known = service.record();
        RevisionRecords records = new RevisionRecords(folder.resolve(target.folder()));
        Optional<SupervisedProcess> running =
                known.flatMap(record -> written(record).or(() -> unwritten(record, marked)));
        Optional<RevisionRecord> revision = known.flatMap(record -> records.find(record.revision()));
        if (running.isPresent() && revision.isPresent()) {
            service.adopt(running.get(), revision.get(), known.get());
            log.info("Adopted the service of {}, pid {}.", target, running.get().pid());
            return;
        }
        // Whatever else carries the mark would be a second copy.
        marked.forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
        if (known.isPresent()) {
            startAgain(service, target, known.get(), records);
        }
    }

    private static Optional<SupervisedProcess> written(ServiceRecord record) {
        Long pid = record.pid();
        Long start = record.start();
        return pid != null && start != null && ProcessTable.isAlive(pid, start)
                ? Optional.of(new SupervisedProcess(pid, start, null))
                : Optional.empty();
    }

    /** A killed agent may have started it without the time to write it down. */
    private static Optional<SupervisedProcess> unwritten(ServiceRecord record, List<ProcessTable.Entry> marked) {
        return marked.stream()
                .filter(entry -> entry.session() == entry.pid())
                .filter(entry -> ProcessTable.variable(entry.pid(), Launcher.REVISION)
                        .filter(record.revision()::equals)
                        .isPresent())
                .findFirst()
                .map(entry -> new SupervisedProcess(entry.pid(), entry.start(), null));
    }

    private static void startAgain(Service service, TargetKey target, ServiceRecord known, RevisionRecords records)
            throws InterruptedException {
        Optional<Digest> installed = new ReleaseDirectory(known.directory()).current();
        if (installed.isEmpty()) {
            log.warn("{} has no current release; not started.", target);
            return;
        }
        // In the middle of a switch the link tells what is there: the old revision runs until the step is tried again.
        boolean switched = installed.get().equals(known.digest());
        Optional<RevisionRecord> revision =
                switched ? records.find(known.revision()) : records.findByDigest(installed.get());
        if (revision.isEmpty()) {
            log.warn("The record of the release of {} is missing; deploy it again.", target);
            return;
        }
        service.intend(revision.get(), switched ? known.origin() : null);
        log.info("Restarted the service of {}, pid {}.", target, service.start());
    }

    private List<TargetKey> known() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(entry -> Files.exists(entry.resolve("service.json")))
                    .map(entry -> TargetKey.ofFolder(entry.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw DiskFailures.of("list", folder, e);
        }
    }

    private void rotate() throws InterruptedException {
        while (true) {
            Thread.sleep(ROTATION);
            services.values().forEach(service -> service.output().rotate());
        }
    }
}
